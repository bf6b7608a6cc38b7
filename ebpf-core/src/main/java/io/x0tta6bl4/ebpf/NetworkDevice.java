package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.Libc;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A network interface of the network namespace of the thread that looked it up. Immutable; the interface itself may be
 * renamed or deleted at any time.
 *
 * @param index the kernel's number for it, above 0
 * @param name 1 to 15 bytes
 * @since 0.1.0
 */
public record NetworkDevice(int index, String name) {

  private static final int LONGEST_NAME = 15;

  /** In bytes. */
  private static final int ETHERNET_HEADER = 14;

  /** Source: linux/if_arp.h. */
  private static final int ARPHRD_ETHER = 1;

  private static final int ARPHRD_LOOPBACK = 772;

  /** Checks the parts. */
  public NetworkDevice {
    if (index <= 0) {
      throw new IllegalArgumentException("interface index " + index + ": expected a number above 0");
    }
    checkName(name);
  }

  /**
   * Looks up an interface. Unlike {@link java.net.NetworkInterface#getByName} it finds those without an address too.
   *
   * @param name for instance {@code eth0}
   * @return the interface
   * @throws IllegalArgumentException if it cannot be the name of an interface, or there is none of that name
   */
  public static NetworkDevice byName(String name) {
    checkName(name);
    int index = Libc.interfaceIndex(name);
    if (index < 0) {
      throw new IllegalArgumentException("interface '" + name + "': there is none of that name here");
    }
    return new NetworkDevice(index, name);
  }

  /**
   * Looks up an interface.
   *
   * @param index its number
   * @return the interface
   * @throws IllegalArgumentException if there is none
   */
  public static NetworkDevice byIndex(int index) {
    String name = index > 0 ? Libc.interfaceName(index) : "";
    if (name.isEmpty()) {
      throw new IllegalArgumentException("interface index " + index + ": there is none of that number here");
    }
    return new NetworkDevice(index, name);
  }

  /** Whether the calling thread's network namespace has an interface of this number. */
  boolean isHere() {
    return !Libc.interfaceName(index).isEmpty();
  }

  /**
   * How long the header of the link layer is that a TC program finds in front of the network header.
   *
   * @return 14 for Ethernet and loopback; 0 where packets are bare (tun, WireGuard, IP in IP)
   * @throws BpfAttachException if the interface is gone
   * @throws BpfException if the kernel does not tell
   */
  public int linkHeaderLength() {
    // By the number: a name may be another interface's by now.
    String current = Libc.interfaceName(index);
    if (current.isEmpty()) {
      throw new BpfAttachException(name, "interface " + name + " is gone", Errno.ENODEV, "");
    }
    int type = Libc.linkType(current);
    if (type < 0) {
      throw new BpfException("the kernel does not tell the type of interface " + current, -type, "", null);
    }
    return type == ARPHRD_ETHER || type == ARPHRD_LOOPBACK ? ETHERNET_HEADER : 0;
  }

  /** What the kernel's dev_valid_name accepts. */
  private static void checkName(String name) {
    Objects.requireNonNull(name, "name");
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    boolean good =
        length > 0
            && length <= LONGEST_NAME
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(c -> c == '/' || c == ':' || c <= ' ' || c == 0x7f);
    if (!good) {
      throw new IllegalArgumentException(
          "interface '" + name + "': expected 1 to " + LONGEST_NAME + " bytes without white space, '/' and ':'");
    }
  }
}
