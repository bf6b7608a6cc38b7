package io.x0tta6bl4.ebpf.kernel;

/** A tun device in the network namespace of the calling thread: what is written to it comes in there, without any Ethernet. */
public final class Tun implements AutoCloseable {

  private final int fd;

  private Tun(int fd) {
    this.fd = fd;
  }

  /** Makes one and sets it up. */
  public static Tun create(String device) {
    int fd = Linux.openTun(device);
    Command.run("ip", "link", "set", device, "up");
    return new Tun(fd);
  }

  /** Lets a packet, from its IP header on, come in. */
  public void receive(byte[] packet) {
    Linux.write(fd, packet);
  }

  @Override
  public void close() {
    Linux.close(fd);
  }
}
