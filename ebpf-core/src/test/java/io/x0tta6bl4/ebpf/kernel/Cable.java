package io.x0tta6bl4.ebpf.kernel;

import io.x0tta6bl4.ebpf.NetworkDevice;
import io.x0tta6bl4.ebpf.net.Counts;
import java.net.NetworkInterface;

/** Two network namespaces with a veth pair between them: the near end, to which programs are attached, and the far end. */
public final class Cable implements AutoCloseable {

  /** The interface of the near end. */
  public static final String NEAR = "near0";

  /** The interface of the far end. */
  public static final String FAR = "far0";

  static final String NEAR_ADDRESS = "10.9.0.1";
  static final String FAR_ADDRESS = "10.9.0.2";

  private static final String NEAR_ADDRESS_6 = "fd00:9::1";
  private static final String FAR_ADDRESS_6 = "fd00:9::2";

  private static final String NEAR_MAC = "02:00:00:00:00:01";
  private static final String FAR_MAC = "02:00:00:00:00:02";

  private final Namespace near = new Namespace();
  private final Namespace far = new Namespace();

  /** Lays one for frames of usual length. */
  public Cable() {
    this(1500);
  }

  /**
   * Lays one. The ends know each other's address, so that nothing but what a test sends goes over it.
   *
   * @param mtu of both ends
   */
  public Cable(int mtu) {
    near.ip(
        "link add " + NEAR + " mtu " + mtu + " address " + NEAR_MAC + " type veth peer name " + FAR + " mtu " + mtu
            + " address " + FAR_MAC + " netns " + far.threadId(),
        "addr add " + NEAR_ADDRESS + "/24 dev " + NEAR,
        "link set " + NEAR + " up");
    far.ip("addr add " + FAR_ADDRESS + "/24 dev " + FAR, "link set " + FAR + " up");
    awaitRunning(near, NEAR);
    near.ip("neigh add " + FAR_ADDRESS + " lladdr " + FAR_MAC + " dev " + NEAR + " nud permanent");
    far.ip("neigh add " + NEAR_ADDRESS + " lladdr " + NEAR_MAC + " dev " + FAR + " nud permanent");
  }

  /** The kernel connects the end that was set up first in its own time, and until then drops what that end sends. */
  private static void awaitRunning(Namespace namespace, String device) {
    if (!namespace.call(() -> Await.until(() -> NetworkInterface.getByName(device).isUp(), up -> up))) {
      throw new IllegalStateException(device + " did not come up");
    }
  }

  /** The namespace of the near end. */
  public Namespace near() {
    return near;
  }

  /** The namespace of the far end. */
  public Namespace far() {
    return far;
  }

  /** The interface of the near end. */
  public NetworkDevice device() {
    return near.call(() -> NetworkDevice.byName(NEAR));
  }

  /** What the kernel counts at the near end. */
  public DeviceStatistics nearStatistics() {
    return near.call(() -> DeviceStatistics.of(NEAR));
  }

  /** What the kernel counts at the far end. */
  public DeviceStatistics farStatistics() {
    return far.call(() -> DeviceStatistics.of(FAR));
  }

  /** Sends datagrams from the far end to the near one. */
  public void sendToNear(Datagrams datagrams) {
    datagrams.send(far, FAR_ADDRESS, near, NEAR_ADDRESS);
  }

  /** Sends datagrams from the near end to the far one. */
  public void sendToFar(Datagrams datagrams) {
    datagrams.send(near, NEAR_ADDRESS, far, FAR_ADDRESS);
  }

  /** Gives the near end's interface another name. */
  public void rename(String name, String newName) {
    near.ip("link set " + name + " down", "link set " + name + " name " + newName, "link set " + newName + " up");
    near.ip("neigh replace " + FAR_ADDRESS + " lladdr " + FAR_MAC + " dev " + newName + " nud permanent");
  }

  /** Gives both ends an IPv6 address too; the kernel sends some packets of its own then. */
  public void addIpv6() {
    addIpv6(near, NEAR, NEAR_ADDRESS_6, FAR_ADDRESS_6, FAR_MAC);
    addIpv6(far, FAR, FAR_ADDRESS_6, NEAR_ADDRESS_6, NEAR_MAC);
  }

  private static void addIpv6(Namespace end, String device, String address, String other, String otherMac) {
    end.command("sysctl", "-qw", "net.ipv6.conf." + device + ".disable_ipv6=0");
    end.ip(
        "addr add " + address + "/64 dev " + device + " nodad",
        "neigh add " + other + " lladdr " + otherMac + " dev " + device + " nud permanent");
  }

  /** Holds a TCP conversation, from the near end to a port of the far one, in which each side sends so many bytes. */
  public void converse(boolean ipv6, int port, int bytesEachWay) {
    Conversation.hold(near, far, ipv6 ? FAR_ADDRESS_6 : FAR_ADDRESS, port, bytesEachWay);
  }

  /** Whether the ends take big TCP packets whole; if not, the kernel cuts them behind the TC programs. */
  public void setSegmentationOffload(boolean on) {
    near.run(() -> Linux.setSegmentationOffload(NEAR, on));
    far.run(() -> Linux.setSegmentationOffload(FAR, on));
  }

  /** Has the near end join TCP packets that come in, in front of the TC programs. */
  public void joinPacketsAtNear() {
    near.run(() -> Linux.setReceiveOffload(NEAR, true));
  }

  /** Puts a queue at both ends whose statistics tell what went out. */
  public void addQueues() {
    near.run(() -> QueueStatistics.add(NEAR));
    far.run(() -> QueueStatistics.add(FAR));
  }

  /** What went through the near end's queue. */
  public Counts nearQueue() {
    return near.call(() -> QueueStatistics.read(NEAR));
  }

  /** What went through the far end's queue. */
  public Counts farQueue() {
    return far.call(() -> QueueStatistics.read(FAR));
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
