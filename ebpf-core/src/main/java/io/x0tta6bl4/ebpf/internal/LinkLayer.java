package io.x0tta6bl4.ebpf.internal;

/** Whether frames of an interface begin with an Ethernet header. */
public final class LinkLayer {

  /** Length of an Ethernet header in bytes. */
  public static final int ETHERNET_HEADER = 14;

  /** Source: linux/if_arp.h. */
  private static final int ARPHRD_ETHER = 1;

  private static final int ARPHRD_LOOPBACK = 772;

  private LinkLayer() {}

  /**
   * Tells how long the header of the link layer is that a program finds in front of the network header.
   *
   * @param device an interface in the network namespace of the calling thread
   * @return 14 for Ethernet and loopback, 0 for those that carry bare packets (tun, WireGuard, IP in IP); 14 where the
   *     kernel does not tell
   */
  public static int headerLength(String device) {
    int type = Libc.linkType(device);
    return type < 0 || type == ARPHRD_ETHER || type == ARPHRD_LOOPBACK ? ETHERNET_HEADER : 0;
  }
}
