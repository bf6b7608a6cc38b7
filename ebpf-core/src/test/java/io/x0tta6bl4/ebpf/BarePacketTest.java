package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.kernel.Namespace;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Tun;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.Network;
import io.x0tta6bl4.ebpf.net.TrafficClass;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import io.x0tta6bl4.ebpf.net.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Interfaces such as tun carry IP packets with no Ethernet header in front. */
@RequiresKernel
class BarePacketTest {

  private static final String DEVICE = "tun0";
  private static final int UDP = 17;
  private static final int PAYLOAD = 30;

  private static final TrafficClass DNS = new TrafficClass(Network.IPV4, Transport.UDP, "dns");

  private static byte[] question() {
    ByteBuffer packet = ByteBuffer.allocate(20 + 8 + PAYLOAD);
    packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity()).putInt(0).put((byte) 64).put((byte) UDP);
    packet.putShort((short) 0).putInt(0x0a090002).putInt(0x0a090001);
    packet.putShort((short) 4000).putShort((short) 53).putShort((short) (8 + PAYLOAD)).putShort((short) 0);
    return packet.array();
  }

  private static byte[] question6() {
    ByteBuffer packet = ByteBuffer.allocate(40 + 8 + PAYLOAD);
    packet.putInt(0x60000000).putShort((short) (8 + PAYLOAD)).put((byte) UDP).put((byte) 64).position(40);
    packet.putShort((short) 4000).putShort((short) 53).putShort((short) (8 + PAYLOAD)).putShort((short) 0);
    return packet.array();
  }

  @ParameterizedTest
  @EnumSource(names = {"TCX", "CLSACT"})
  void areCountedByWhatTheyAreWhereTheyComeIn(TcMode mode) {
    try (Namespace namespace = new Namespace()) {
      namespace.run(
          () -> {
            try (Tun tun = Tun.create(DEVICE);
                TrafficClassifier classifier =
                    TrafficClassifier.builder().device(DEVICE).direction(TcDirection.INGRESS).mode(mode).attach()) {
              for (int i = 0; i < 5; i++) {
                tun.receive(question());
                tun.receive(question6());
              }

              assertThat(classifier.read(TcDirection.INGRESS))
                  .isEqualTo(
                      Map.of(
                          DNS, new Counts(5, 5 * question().length),
                          new TrafficClass(Network.IPV6, Transport.UDP, "dns"), new Counts(5, 5 * question6().length)));
            }
          });
    }
  }

  @Test
  void areCountedByWhatTheyAreWhereTheyGoOut() {
    try (Namespace namespace = new Namespace()) {
      namespace.run(
          () -> {
            try (Tun _ = Tun.create(DEVICE);
                TrafficClassifier classifier =
                    TrafficClassifier.builder().device(DEVICE).direction(TcDirection.EGRESS).attach()) {
              namespace.command("ip", "addr", "add", "10.9.0.1/24", "dev", DEVICE);
              for (int i = 0; i < 4; i++) {
                send();
              }

              assertThat(classifier.read(TcDirection.EGRESS)).isEqualTo(Map.of(DNS, new Counts(4, 4 * (28 + PAYLOAD))));
            }
          });
    }
  }

  private static void send() {
    try (DatagramSocket socket = DatagramChannel.open(StandardProtocolFamily.INET).socket()) {
      socket.send(new DatagramPacket(new byte[PAYLOAD], PAYLOAD, new InetSocketAddress("10.9.0.2", 53)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
