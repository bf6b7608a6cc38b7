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
   * @return the lock, if it {@linkplain #isOurs is ours}
   */
  public static NamespaceLock take(String name) {
    return new NamespaceLock(Libc.bindAbstract(name));
  }

  /**
   * Tells whether it was free.
   *
   * @return whether it is ours now
   */
  public boolean isOurs() {
    return socket >= 0;
  }

  /**
   * Tells why it is not ours.
   *
   * @return {@link Errno#EADDRINUSE} if a living process, this one included, took it before; another positive number if
   *     sockets of this kind are not to be had; 0 if it is ours
   */
  public int error() {
    return Math.max(0, -socket);
  }

  @Override
  public void close() {
    if (socket >= 0) {
      Libc.close(socket);
      socket = -Errno.EBADF;
    }
  }
}
