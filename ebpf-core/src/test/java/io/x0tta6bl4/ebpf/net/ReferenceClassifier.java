package io.x0tta6bl4.ebpf.net;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules in the comment at the top of tc_classifier.bpf.c once more, in plain Java and as plainly as can be. It was
 * written from that comment and not from the C code below it, and is named by the same marks.
 */
final class ReferenceClassifier {

  /** Who a packet is: network, transport, service. */
  record Verdict(int network, int transport, int service, int headerLength) {

    int slot() {
      return network << 8 | transport << 4 | service;
    }
  }

  /** What the kernel says of a packet beside its bytes: {@code gso_segs}, {@code gso_size} and {@code wire_len}. */
  record Segments(int count, int size, int wireLength) {}

  private static final int NETWORK_OTHER = 0;
  private static final int NETWORK_IPV4 = 1;
  private static final int NETWORK_IPV6 = 2;
  private static final int NETWORK_ARP = 3;

  private static final int OTHER = 0;
  private static final int TCP = 1;
  private static final int UDP = 2;
  private static final int ICMP = 3;
  private static final int IGMP = 4;
  private static final int SCTP = 5;
  private static final int GRE = 6;
  private static final int IPIP = 7;
  private static final int IPSEC = 8;
  private static final int FRAGMENT = 9;
  private static final int MALFORMED = 10;

  private static final int AUTHENTICATION = 51;
  private static final int FRAGMENT_HEADER = 44;
  private static final int NO_NEXT_HEADER = 59;
  private static final Set<Integer> EXTENSIONS = Set.of(0, 43, 60, 135, AUTHENTICATION, FRAGMENT_HEADER);
  private static final int MOST_EXTENSIONS = 6;

  private final int linkHeader;
  private final byte[] portClass;

  /**
   * Makes one.
   *
   * @param linkHeader 14 or 0
   * @param portClass for each port the number of its service, in the low 4 bits
   */
  ReferenceClassifier(int linkHeader, byte[] portClass) {
    this.linkHeader = linkHeader;
    this.portClass = portClass;
  }

  /** L1 to L4; {@code protocol} is what the kernel has as the packet's, for packets without a link header. */
  Verdict classify(byte[] packet, int protocol) {
    if (linkHeader == 0) {
      return network(packet, 0, protocol);
    }
    if (packet.length < 14) {
      return plain(NETWORK_OTHER, MALFORMED);
    }
    int type = number(packet, 12);
    int at = 14;
    for (int tags = 0; isVlan(type); tags++) {
      if (tags == 2) {
        return plain(NETWORK_OTHER, OTHER);
      }
      if (packet.length - at < 4) {
        return plain(NETWORK_OTHER, MALFORMED);
      }
      type = number(packet, at + 2);
      at += 4;
    }
    return network(packet, at, type);
  }

  private static boolean isVlan(int type) {
    return type == 0x8100 || type == 0x88a8;
  }

  private Verdict network(byte[] packet, int at, int type) {
    return switch (type) {
      case 0x0800 -> ipv4(packet, at);
      case 0x86dd -> ipv6(packet, at);
      case 0x0806 -> plain(NETWORK_ARP, OTHER);
      default -> plain(NETWORK_OTHER, OTHER);
    };
  }

  /** I1 to I6. */
  private Verdict ipv4(byte[] packet, int at) {
    int left = packet.length - at;
    if (left < 20) {
      return plain(NETWORK_IPV4, MALFORMED);
    }
    int version = octet(packet, at) >> 4;
    int header = (octet(packet, at) & 0xf) * 4;
    if (version != 4 || header < 20 || header > left) {
      return plain(NETWORK_IPV4, MALFORMED);
    }
    int total = number(packet, at + 2);
    if (total != 0 && total < header) {
      return plain(NETWORK_IPV4, MALFORMED);
    }
    if ((number(packet, at + 6) & 0x1fff) != 0) {
      return plain(NETWORK_IPV4, FRAGMENT);
    }
    return transport(NETWORK_IPV4, packet, at + header, octet(packet, at + 9));
  }

  /** V1 to V3. */
  private Verdict ipv6(byte[] packet, int start) {
    if (packet.length - start < 40 || octet(packet, start) >> 4 != 6) {
      return plain(NETWORK_IPV6, MALFORMED);
    }
    int next = octet(packet, start + 6);
    int at = start + 40;
    boolean behindAuthentication = false;
    for (int read = 0; EXTENSIONS.contains(next); read++) {
      if (read == MOST_EXTENSIONS) {
        return new Verdict(NETWORK_IPV6, OTHER, 0, at);
      }
      int left = packet.length - at;
      if (left < 8) {
        return plain(NETWORK_IPV6, MALFORMED);
      }
      if (next == FRAGMENT_HEADER && number(packet, at + 2) >> 3 != 0) {
        return plain(NETWORK_IPV6, FRAGMENT);
      }
      int length =
          switch (next) {
            case FRAGMENT_HEADER -> 8;
            case AUTHENTICATION -> (octet(packet, at + 1) + 2) * 4;
            default -> (octet(packet, at + 1) + 1) * 8;
          };
      if (length > left) {
        return plain(NETWORK_IPV6, MALFORMED);
      }
      behindAuthentication = next == AUTHENTICATION;
      next = octet(packet, at);
      at += length;
    }
    if (behindAuthentication && next == NO_NEXT_HEADER) {
      return new Verdict(NETWORK_IPV6, IPSEC, 0, at);
    }
    return transport(NETWORK_IPV6, packet, at, next);
  }

  /** T1 to T4, and the end of the headers by C4. */
  private Verdict transport(int network, byte[] packet, int at, int protocol) {
    int left = packet.length - at;
    return switch (protocol) {
      case 6 -> {
        int header = left < 20 ? 0 : (octet(packet, at + 12) >> 4) * 4;
        yield ported(network, TCP, packet, at, header < 20 ? null : header);
      }
      case 17 -> ported(network, UDP, packet, at, 8);
      case 132 -> ported(network, SCTP, packet, at, 12);
      case 1, 58 -> new Verdict(network, ICMP, 0, at);
      case 2 -> new Verdict(network, IGMP, 0, at);
      case 4, 41 -> new Verdict(network, IPIP, 0, at);
      case 47 -> new Verdict(network, GRE, 0, at);
      case 50, 51 -> new Verdict(network, IPSEC, 0, at);
      default -> new Verdict(network, OTHER, 0, at);
    };
  }

  /** S1; {@code header} is null where it is nonsense. */
  private Verdict ported(int network, int transport, byte[] packet, int at, @Nullable Integer header) {
    if (header == null || packet.length - at < header) {
      return plain(network, MALFORMED);
    }
    int service = portClass[number(packet, at + 2)] & 0xf;
    if (service == 0) {
      service = portClass[number(packet, at)] & 0xf;
    }
    return new Verdict(network, transport, service, at + header);
  }

  /** C1. */
  static long packets(Verdict verdict, int length, Segments segments) {
    if (segments.count() != 0) {
      return segments.count();
    }
    return segments.size() == 0 ? 1 : Math.max(1, Math.ceilDiv(length - verdict.headerLength(), segments.size()));
  }

  /** C2 and C3. */
  static long bytes(Verdict verdict, int length, Segments segments, boolean egress) {
    if (egress) {
      return segments.wireLength();
    }
    return length + (packets(verdict, length, segments) - 1) * verdict.headerLength();
  }

  private static Verdict plain(int network, int transport) {
    return new Verdict(network, transport, 0, 0);
  }

  private static int octet(byte[] packet, int at) {
    return Byte.toUnsignedInt(packet[at]);
  }

  private static int number(byte[] packet, int at) {
    return octet(packet, at) << 8 | octet(packet, at + 1);
  }
}
