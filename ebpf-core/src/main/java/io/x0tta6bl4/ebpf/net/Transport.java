package io.x0tta6bl4.ebpf.net;

/**
 * What an IP packet carries. The order is that of the program's numbers.
 *
 * @since 0.1.0
 */
public enum Transport {
  /** None of the others. */
  OTHER("other"),
  /** TCP. */
  TCP("tcp"),
  /** UDP. */
  UDP("udp"),
  /** ICMP, of IPv4 or IPv6. */
  ICMP("icmp"),
  /** IGMP. */
  IGMP("igmp"),
  /** SCTP. */
  SCTP("sctp"),
  /** GRE. */
  GRE("gre"),
  /** IPv4 or IPv6 inside of IP. */
  IPIP("ipip"),
  /** ESP, or AH where nothing else is told. */
  IPSEC("ipsec"),
  /** A fragment that is not the first, and so does not tell. */
  FRAGMENT("fragment"),
  /** Cut short, or nonsense. */
  MALFORMED("malformed");

  private final String label;

  Transport(String label) {
    this.label = label;
  }

  /**
   * The protocol as in metrics.
   *
   * @return lower case
   */
  public String label() {
    return label;
  }
}
