package io.x0tta6bl4.ebpf.kernel;

import io.x0tta6bl4.ebpf.net.Counts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * UDP datagrams to be sent over a {@link Cable}.
 *
 * @param count how many
 * @param payload bytes of each
 * @param port destination; the source has one without meaning
 */
public record Datagrams(int count, int payload, int port) {

  /** Ethernet, IPv4, UDP. */
  private static final int HEADERS = 14 + 20 + 8;

  private static final int TIMEOUT_MILLIS = 10_000;

  /** Of no service, and none that the kernel might choose for another socket. */
  private static final int SOURCE_PORT = 30_000;

  /** Some to the port of DNS. */
  public static Datagrams of(int count) {
    return new Datagrams(count, 100, 53);
  }

  /** What they are on the wire. */
  public Counts counts() {
    return new Counts(count, (long) count * (payload + HEADERS));
  }

  /** Sends them one by one, each when the one before has come in: when this returns, all were seen by all programs. */
  void send(Namespace from, String source, Namespace to, String destination) {
    byte[] data = new byte[payload];
    byte[] room = new byte[payload + 1];
    try (DatagramSocket sender = from.call(() -> open(source, SOURCE_PORT));
        DatagramSocket receiver = to.call(() -> open(destination, port))) {
      DatagramPacket received = new DatagramPacket(room, room.length);
      for (int i = 0; i < count; i++) {
        sender.send(new DatagramPacket(data, payload, new InetSocketAddress(destination, port)));
        receiver.receive(received);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a datagram did not come over", e);
    }
  }

  static DatagramSocket open(String address, int port) throws IOException {
    DatagramSocket socket = DatagramChannel.open(StandardProtocolFamily.INET).socket();
    socket.bind(new InetSocketAddress(address, port));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }
}
