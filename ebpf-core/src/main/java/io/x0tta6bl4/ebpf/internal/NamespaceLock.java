package io.x0tta6bl4.ebpf.internal;

/**
 * A lock that is seen by all processes of a network namespace and that the kernel opens when its owner dies, however it dies.
 * It is a socket with a name, and so needs no privilege, no file and no common file system. Not thread-safe; closing twice is
 * harmless.
 */
public final class NamespaceLock implements AutoCloseable {

  private int socket;

  private NamespaceLock(int socket) {
    this.socket = socket;
  }

  /**
   * Takes the lock of a name in the network namespace of the calling thread.
   *
   * @param name ASCII, at most 107 characters
   * @return the lock, or one that is {@linkplain #isTaken taken} by somebody else
   */
  public static NamespaceLock take(String name) {
    return new NamespaceLock(Libc.bindAbstract(name));
  }

  /**
   * Tells whether somebody else has it.
   *
   * @return whether a living process, this one included, took it before
   */
  public boolean isTaken() {
    return socket == -Errno.EADDRINUSE;
  }

  @Override
  public void close() {
    if (socket >= 0) {
      Libc.close(socket);
      socket = -1;
    }
  }
}
