package io.x0tta6bl4.example.shop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in the opposite order; what fails does not keep the rest from being closed. For one thread. */
final class Closing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private record Opened(String name, AutoCloseable thing) {}

  private final Deque<Opened> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(String name, T thing) {
    opened.push(new Opened(name, thing));
    return thing;
  }

  /**
   * Closes something that may wait for others, such as a provider that does not answer, for a certain time only.
   *
   * @param patience how long it may take
   * @param name for the log
   * @param thing whose wait an interrupt ends
   */
  static void within(Duration patience, String name, Runnable thing) {
    Thread thread = Thread.ofVirtual().name("closing-" + name).start(thing);
    try {
      if (!thread.join(patience)) {
        LOG.warn("{} was not at its end after {}", name, patience);
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      Opened next = opened.pop();
      try {
        next.thing().close();
      } catch (Exception e) {
        LOG.warn("{} could not be closed: {}", next.name(), e.toString());
      }
    }
  }
}
