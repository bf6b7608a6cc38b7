package io.x0tta6bl4.ebpf.kernel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A TCP connection over a {@link Cable}, on which both sides send a lot at once, as large as the kernel takes it. */
final class Conversation {

  private static final int CHUNK = 1 << 18;

  private Conversation() {}

  static void hold(Namespace client, Namespace server, String serverAddress, int port, int bytesEachWay) {
    try (ServerSocketChannel listener =
            server.call(() -> ServerSocketChannel.open().bind(new InetSocketAddress(serverAddress, port)));
        SocketChannel here = client.call(() -> SocketChannel.open(new InetSocketAddress(serverAddress, port)));
        SocketChannel there = listener.accept();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Callable<Integer>> parts =
          List.of(
              () -> send(here, bytesEachWay), () -> send(there, bytesEachWay), () -> receive(here), () -> receive(there));
      for (Future<Integer> part : threads.invokeAll(parts)) {
        if (part.get() != bytesEachWay) {
          throw new IllegalStateException("only " + part.get() + " bytes came over of " + bytesEachWay);
        }
      }
    } catch (IOException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int send(SocketChannel channel, int bytes) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    int sent = 0;
    while (sent < bytes) {
      chunk.clear().limit(Math.min(CHUNK, bytes - sent));
      sent += channel.write(chunk);
    }
    channel.shutdownOutput();
    return sent;
  }

  private static int receive(SocketChannel channel) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    int received = 0;
    for (int read = channel.read(chunk); read >= 0; read = channel.read(chunk.clear())) {
      received += read;
    }
    return received;
  }
}
