package io.x0tta6bl4.ebpf.net;

import static io.x0tta6bl4.ebpf.net.Packets.ARP;
import static io.x0tta6bl4.ebpf.net.Packets.AUTHENTICATION;
import static io.x0tta6bl4.ebpf.net.Packets.DESTINATION;
import static io.x0tta6bl4.ebpf.net.Packets.FRAGMENT;
import static io.x0tta6bl4.ebpf.net.Packets.HOP_BY_HOP;
import static io.x0tta6bl4.ebpf.net.Packets.IPV4;
import static io.x0tta6bl4.ebpf.net.Packets.IPV6;
import static io.x0tta6bl4.ebpf.net.Packets.MOBILITY;
import static io.x0tta6bl4.ebpf.net.Packets.NO_NEXT;
import static io.x0tta6bl4.ebpf.net.Packets.ROUTING;
import static io.x0tta6bl4.ebpf.net.Packets.SCTP;
import static io.x0tta6bl4.ebpf.net.Packets.SERVICE_VLAN;
import static io.x0tta6bl4.ebpf.net.Packets.TCP;
import static io.x0tta6bl4.ebpf.net.Packets.UDP;
import static io.x0tta6bl4.ebpf.net.Packets.VLAN;
import static io.x0tta6bl4.ebpf.net.Packets.ethernet;

import java.util.ArrayList;
import java.util.List;

/** One packet of each shape that the classifier's rules tell from another, and of many that they do not. */
final class CraftedPackets {

  /** Ports with a service, without one, and with bits that do not count; what each has is in {@link #portClass}. */
  static final int[] PORTS = {0, 22, 53, 80, 123, 443, 5555, 8080, 8443, 40_000, 65_535};

  private static final int[] EXTENSIONS = {HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION, MOBILITY};
  private static final int[] TRANSPORTS = {TCP, UDP, SCTP};
  private static final int[] TYPES = {
    0, 46, 0x05dc, 0x0600, 0x0801, 0x8035, 0x8847, 0x8863, 0x88cc, 0x9100, 0xdd86, 0xffff
  };

  private final List<byte[]> shapes = new ArrayList<>();

  private CraftedPackets() {
    link();
    ipv4Headers();
    fragments();
    protocols();
    tcpHeaders();
    ports();
    ipv6Headers();
    extensionChains();
    extensionLengths();
    authentication();
  }

  static List<byte[]> all() {
    return new CraftedPackets().shapes;
  }

  /** A number of each service from 1 to 15, and some with high bits, which are not part of it. */
  static byte[] portClass() {
    byte[] classes = new byte[1 << 16];
    classes[53] = 1;
    classes[80] = classes[8080] = 2;
    classes[443] = classes[8443] = 3;
    classes[22] = 4;
    classes[123] = 5;
    classes[0] = 14;
    classes[65_535] = 15;
    classes[5555] = (byte) 0xf6;
    classes[40_000] = 0x70;
    return classes;
  }

  private void add(Packets packet) {
    shapes.add(packet.bytes());
  }

  private void link() {
    for (int type : TYPES) {
      add(ethernet(type));
      add(ethernet(type).zeros(46));
      add(ethernet(type, VLAN).zeros(46));
      add(ethernet(type, SERVICE_VLAN, VLAN).zeros(46));
    }
    add(ethernet(ARP).zeros(28));
    add(ethernet(ARP));
    add(ethernet(VLAN));
    add(ethernet(SERVICE_VLAN));
    for (int outer : new int[] {VLAN, SERVICE_VLAN}) {
      add(ethernet(ARP, outer).zeros(28));
      add(ethernet(IPV4, outer).ipv4(TCP).tcp(40_001, 443).zeros(6));
      add(ethernet(IPV6, outer).ipv6(UDP).udp(53, 40_001).zeros(6));
      add(ethernet(IPV4, outer).ipv4(1).zeros(8));
      add(ethernet(IPV6, outer).ipv6(58).zeros(8));
      for (int inner : new int[] {VLAN, SERVICE_VLAN}) {
        add(ethernet(ARP, outer, inner).zeros(28));
        add(ethernet(IPV4, outer, inner).ipv4(UDP).udp(40_001, 53).zeros(6));
        add(ethernet(IPV6, outer, inner).ipv6(TCP).tcp(443, 40_001).zeros(6));
        for (int third : new int[] {VLAN, SERVICE_VLAN}) {
          add(ethernet(IPV4, outer, inner, third).ipv4(TCP).tcp(40_001, 443));
        }
      }
    }
  }

  private void ipv4Headers() {
    for (int version = 0; version < 16; version++) {
      add(ethernet(IPV4).ipv4(version, 5, 40, 0, TCP).tcp(40_001, 443));
    }
    for (int words = 0; words < 16; words++) {
      for (int transport : TRANSPORTS) {
        add(ethernet(IPV4).ipv4(4, words, words * 4 + 20, 0, transport).ports(transport, 40_001, 53).zeros(4));
      }
      for (int total : new int[] {0, 1, 19, 20, 59, 60, 65_535, words * 4 - 1, words * 4}) {
        add(ethernet(IPV4).ipv4(4, words, total, 0, UDP).udp(123, 40_001));
      }
      add(ethernet(IPV4, VLAN).ipv4(4, words, 1500, 0, 47).zeros(8));
    }
  }

  private void fragments() {
    for (int fragment : new int[] {0x2000, 0x4000, 0x8000, 0xe000, 1, 0x2001, 0x1fff, 0x00b9, 0x0100, 0xffff}) {
      for (int transport : TRANSPORTS) {
        add(ethernet(IPV4).ipv4(4, 5, 1500, fragment, transport).ports(transport, 40_001, 443));
        add(ethernet(IPV6).ipv6(FRAGMENT).fragment(transport, fragment).ports(transport, 40_001, 443));
      }
    }
    for (int bit = 0; bit < 16; bit++) {
      add(ethernet(IPV6).ipv6(FRAGMENT).fragment(UDP, 1 << bit).udp(53, 53));
      add(ethernet(IPV4).ipv4(4, 5, 1500, 1 << bit, UDP).udp(53, 53));
    }
  }

  private void protocols() {
    for (int protocol = 0; protocol < 256; protocol++) {
      add(ethernet(IPV4).ipv4(protocol).tcp(40_001, 443));
      add(ethernet(IPV6).ipv6(protocol).tcp(40_001, 443));
      add(ethernet(IPV6).ipv6(DESTINATION).extension(protocol, 0).tcp(40_001, 443));
    }
  }

  private void tcpHeaders() {
    for (int words = 0; words < 16; words++) {
      add(ethernet(IPV4).ipv4(TCP).tcp(443, 40_001, words).zeros(3));
      add(ethernet(IPV6).ipv6(TCP).tcp(443, 40_001, words).zeros(3));
      add(ethernet(IPV4, VLAN).ipv4(4, 15, 1500, 0, TCP).tcp(443, 40_001, words));
    }
  }

  private void ports() {
    for (int transport : TRANSPORTS) {
      for (int source : PORTS) {
        for (int destination : PORTS) {
          add(ethernet(IPV4).ipv4(transport).ports(transport, source, destination));
          add(ethernet(IPV6).ipv6(transport).ports(transport, source, destination));
        }
      }
    }
  }

  private void ipv6Headers() {
    for (int version = 0; version < 16; version++) {
      add(ethernet(IPV6).ipv6(version, TCP).tcp(40_001, 443));
    }
    for (int kind : EXTENSIONS) {
      for (int next : new int[] {TCP, UDP, SCTP, 1, 2, 4, 41, 47, 50, 58, NO_NEXT, 255}) {
        add(ethernet(IPV6).ipv6(kind).header(kind, next, 1).tcp(40_001, 443));
      }
    }
  }

  /** Chains of 1 to 8 of the same, and of all kinds in turn from each on. */
  private void extensionChains() {
    for (int length = 1; length <= 8; length++) {
      for (int first = 0; first < EXTENSIONS.length; first++) {
        for (int step = 0; step < EXTENSIONS.length; step++) {
          Packets packet = ethernet(IPV6).ipv6(EXTENSIONS[first]);
          for (int i = 0; i < length; i++) {
            int next = i + 1 == length ? UDP : kind(first, step, i + 1);
            packet.header(kind(first, step, i), next, i & 1);
          }
          add(packet.udp(40_001, 123));
        }
      }
    }
  }

  private static int kind(int first, int step, int index) {
    return EXTENSIONS[(first + step * index) % EXTENSIONS.length];
  }

  /** Length fields that are right, too long for the packet, and as long as they can be. */
  private void extensionLengths() {
    for (int kind : EXTENSIONS) {
      for (int units : new int[] {0, 1, 2, 3, 5, 30, 31, 32, 127, 128, 254, 255}) {
        add(ethernet(IPV6).ipv6(kind).header(kind, UDP, units).udp(53, 40_001));
        add(ethernet(IPV6).ipv6(kind).octets(UDP, units, 0, 1, 0, 0, 0, 0).udp(53, 40_001).zeros(16));
      }
    }
    add(ethernet(IPV6).ipv6(HOP_BY_HOP).extension(ROUTING, 255).extension(TCP, 100).tcp(22, 40_001));
  }

  private void authentication() {
    for (int next : new int[] {NO_NEXT, TCP, UDP, 50, AUTHENTICATION}) {
      for (int units = 0; units < 8; units++) {
        add(ethernet(IPV6).ipv6(AUTHENTICATION).authentication(next, units).tcp(40_001, 443));
        Packets second = ethernet(IPV6, VLAN).ipv6(DESTINATION).extension(AUTHENTICATION, 1);
        add(second.authentication(next, units).udp(53, 53));
      }
    }
    // Nothing behind something else is not IPsec, even with an authentication header in front of that.
    add(ethernet(IPV6).ipv6(AUTHENTICATION).authentication(DESTINATION, 4).extension(NO_NEXT, 0).zeros(8));
    add(ethernet(IPV6).ipv6(NO_NEXT).zeros(8));
    add(ethernet(IPV4).ipv4(AUTHENTICATION).authentication(NO_NEXT, 4).zeros(8));
  }
}
