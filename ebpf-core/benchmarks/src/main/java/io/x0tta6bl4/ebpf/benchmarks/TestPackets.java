package io.x0tta6bl4.ebpf.benchmarks;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The frames that the programs are measured with, by name. Port 443 is one that the classifier has a service for. */
final class TestPackets {

  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int ARP = 0x0806;
  private static final int VLAN = 0x8100;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int HOP_BY_HOP = 0;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int SMALLEST = 64;
  private static final int LARGEST = 1514;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private TestPackets() {}

  /** What nearly all packets are like, and what the aims are about. */
  static byte[] tcpOverIpv4() {
    return ethernet().number(IPV4).ipv4(5, TCP).tcp().padded(SMALLEST);
  }

  /** All of them, the one above first. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("TCP/IPv4, 64 B", tcpOverIpv4());
    all.put("UDP/IPv4, 1514 B", ethernet().number(IPV4).ipv4(5, UDP).udp().padded(LARGEST));
    all.put("VLAN, TCP/IPv4", ethernet().number(VLAN).number(5).number(IPV4).ipv4(5, TCP).tcp().padded(SMALLEST));
    all.put("TCP/IPv4 with options", ethernet().number(IPV4).ipv4(8, TCP).tcp().padded(SMALLEST));
    all.put("TCP/IPv6", ethernet().number(IPV6).ipv6(TCP).tcp().padded(SMALLEST));
    all.put(
        "TCP/IPv6, 2 extension headers",
        ethernet()
            .number(IPV6)
            .ipv6(HOP_BY_HOP)
            .octets(DESTINATION_OPTIONS, 0, 1, 4, 0, 0, 0, 0)
            .octets(TCP, 0, 1, 4, 0, 0, 0, 0)
            .tcp()
            .padded(SMALLEST));
    all.put("ARP", ethernet().number(ARP).octets(0, 1, 8, 0, 6, 4, 0, 1).padded(SMALLEST));
    return all;
  }

  private static TestPackets ethernet() {
    return new TestPackets().octets(2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2);
  }

  private TestPackets ipv4(int words, int protocol) {
    octets(0x40 | words, 0).number(0).number(1).number(0).octets(64, protocol, 0, 0).octets(192, 0, 2, 1, 192, 0, 2, 2);
    for (int word = 5; word < words; word++) {
      octets(1, 1, 1, 1);
    }
    return this;
  }

  private TestPackets ipv6(int next) {
    octets(0x60, 0, 0, 0).number(0).octets(next, 64);
    for (int end = 1; end <= 2; end++) {
      octets(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, end);
    }
    return this;
  }

  private TestPackets tcp() {
    return number(40_001).number(443).octets(0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x10, 0, 64, 0, 0, 0, 0);
  }

  private TestPackets udp() {
    return number(40_001).number(443).number(8).number(0);
  }

  private TestPackets number(int value) {
    return octets(value >> 8, value);
  }

  private TestPackets octets(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  private byte[] padded(int length) {
    while (bytes.size() < length) {
      bytes.write(0);
    }
    return bytes.toByteArray();
  }
}
