package io.x0tta6bl4.ebpf.net;

/**
 * The network protocol of a packet. The order is that of the program's numbers.
 *
 * @since 0.1.0
 */
public enum Network {
  /** None of the others. */
  OTHER("other"),
  /** IPv4. */
  IPV4("ipv4"),
  /** IPv6. */
  IPV6("ipv6"),
  /** ARP. */
  ARP("arp");

  private final String label;

  Network(String label) {
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
