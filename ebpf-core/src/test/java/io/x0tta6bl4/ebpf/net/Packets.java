package io.x0tta6bl4.ebpf.net;

import java.io.ByteArrayOutputStream;

/** Puts a packet together, header behind header, good or bad: nothing is checked, and each length can be lied about. */
final class Packets {

  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;
  static final int ARP = 0x0806;
  static final int VLAN = 0x8100;
  static final int SERVICE_VLAN = 0x88a8;

  static final int TCP = 6;
  static final int UDP = 17;
  static final int SCTP = 132;

  static final int HOP_BY_HOP = 0;
  static final int ROUTING = 43;
  static final int FRAGMENT = 44;
  static final int AUTHENTICATION = 51;
  static final int NO_NEXT = 59;
  static final int DESTINATION = 60;
  static final int MOBILITY = 135;

  private static final int GOOD = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Packets() {}

  /** Addresses, tags by their types, and the type of what follows. */
  static Packets ethernet(int type, int... tags) {
    Packets packet = new Packets();
    packet.octets(0x02, 0, 0, 0, 0, 0x01, 0x02, 0, 0, 0, 0, 0x02);
    for (int tag : tags) {
      packet.number(tag).number(0x2064);
    }
    return packet.number(type);
  }

  /** An IPv4 header without options. */
  Packets ipv4(int protocol) {
    return ipv4(4, GOOD, 1500, 0, protocol);
  }

  /** An IPv4 header, as long as its header length says, 20 bytes at least. */
  Packets ipv4(int version, int headerWords, int totalLength, int fragment, int protocol) {
    octets(version << 4 | headerWords, 0).number(totalLength).number(0x1234).number(fragment);
    octets(64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2);
    return zeros((headerWords - GOOD) * 4);
  }

  /** An IPv6 header. */
  Packets ipv6(int next) {
    return ipv6(6, next);
  }

  /** An IPv6 header of any version. */
  Packets ipv6(int version, int next) {
    octets(version << 4, 0, 0, 0, 0x05, 0xdc, next, 64);
    return octets(0x20, 0x01, 0x0d, 0xb8).zeros(11).octets(1).octets(0x20, 0x01, 0x0d, 0xb8).zeros(11).octets(2);
  }

  /** An extension header with 8 bytes and 8 more for each unit. */
  Packets extension(int next, int units) {
    return octets(next, units).zeros(6 + units * 8);
  }

  /** An authentication header with 8 bytes and 4 more for each unit. */
  Packets authentication(int next, int units) {
    return octets(next, units).zeros(6 + units * 4);
  }

  /** A fragment header; {@code offset} has the flags in its low 3 bits. */
  Packets fragment(int next, int offset) {
    return octets(next, 0).number(offset).number(0).number(0x4711);
  }

  /** The header of an extension by its number, with as many bytes as its own length field says. */
  Packets header(int kind, int next, int units) {
    return switch (kind) {
      case AUTHENTICATION -> authentication(next, units);
      case FRAGMENT -> fragment(next, 1);
      default -> extension(next, units);
    };
  }

  Packets tcp(int source, int destination) {
    return tcp(source, destination, GOOD);
  }

  /** A TCP header, as long as its data offset says, 20 bytes at least. */
  Packets tcp(int source, int destination, int headerWords) {
    number(source).number(destination).zeros(8).octets(headerWords << 4, 0x10).zeros(6);
    return zeros((headerWords - GOOD) * 4);
  }

  Packets udp(int source, int destination) {
    return number(source).number(destination).number(8).number(0);
  }

  Packets sctp(int source, int destination) {
    return number(source).number(destination).zeros(8);
  }

  /** The header of a transport by its number. */
  Packets ports(int protocol, int source, int destination) {
    return switch (protocol) {
      case TCP -> tcp(source, destination);
      case UDP -> udp(source, destination);
      default -> sctp(source, destination);
    };
  }

  Packets zeros(int count) {
    for (int i = 0; i < count; i++) {
      bytes.write(0);
    }
    return this;
  }

  Packets octets(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  private Packets number(int value) {
    return octets(value >> 8, value);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
