package io.x0tta6bl4.ebpf.internal;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets many threads use a native thing at once, and none after it was closed: a closed descriptor's number may be somebody
 * else's by then, and a freed pointer ends the JVM. Closing waits for the calls that are under way. Thread-safe.
 */
public final class Lifetime {

  private final String what;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Use use = new Use();
  private boolean closed;

  /**
   * Begins a lifetime.
   *
   * @param what for the messages of exceptions, for instance {@code map 'packet_count'}
   */
  public Lifetime(String what) {
    this.what = what;
  }

  /** The time of one call; the same object each time, so that a call allocates nothing. */
  public final class Use implements AutoCloseable {

    private Use() {}

    /** Ends the call. */
    @Override
    public void close() {
      lock.readLock().unlock();
    }
  }

  /**
   * Begins a call.
   *
   * @return to close when the call is over
   * @throws IllegalStateException if it is closed
   */
  public Use enter() {
    lock.readLock().lock();
    if (closed) {
      lock.readLock().unlock();
      throw new IllegalStateException(what + " is closed");
    }
    return use;
  }

  /**
   * Closes: waits for the calls that are under way, then releases. Does nothing if it was closed before.
   *
   * @param release what to do, in the calling thread; if it throws, nothing is closed
   * @throws IllegalStateException if the calling thread is inside a call
   */
  public void close(Runnable release) {
    requireOutside();
    lock.writeLock().lock();
    try {
      if (!closed) {
        release.run();
        closed = true;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Refuses to go on inside a call, where a close would wait for itself.
   *
   * @throws IllegalStateException if the calling thread is inside a call
   */
  public void requireOutside() {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException(what + " cannot be closed from inside a call to it");
    }
  }

  /**
   * Tells whether it is closed.
   *
   * @return whether it is
   */
  public boolean isClosed() {
    lock.readLock().lock();
    try {
      return closed;
    } finally {
      lock.readLock().unlock();
    }
  }
}
