package io.x0tta6bl4.payment.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server that answers bytes of any kind, also such as no HTTP library would write. */
final class RawServer implements AutoCloseable {

  interface Handler {
    void answer(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  /** What each connection sent, up to the end of its headers. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  RawServer(Handler handler) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    daemon(() -> accept(handler));
  }

  /** A server that writes a text and closes the connection. */
  static RawServer writing(String text) {
    return new RawServer((socket, out) -> out.write(text.getBytes(ISO_8859_1)));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Waits until the test is over. */
  void hang() throws InterruptedException {
    closed.await();
  }

  /** Waits a while, or until the test is over. */
  boolean pause(long millis) throws InterruptedException {
    return !closed.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    stop();
  }

  /** Breaks off all connections and ends all pauses. */
  void stop() {
    closed.countDown();
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept(Handler handler) {
    while (closed.getCount() > 0) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        daemon(() -> serve(socket, handler));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, Handler handler) {
    try {
      InputStream in = socket.getInputStream();
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        request.append((char) next);
      }
      requests.add(request.toString());
      OutputStream out = socket.getOutputStream();
      handler.answer(socket, out);
      out.flush();
    } catch (IOException | InterruptedException e) {
      // The client has gone away, which is what many tests are about.
    } finally {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed then.
      }
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }
}
