package io.x0tta6bl4.ebpf.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network namespace that lives in a thread of its own and ends with it, so that a test leaves nothing behind, however it
 * ends. What runs in it, sockets that are opened and commands that are started there included, sees its interfaces only.
 */
public final class Namespace implements AutoCloseable {

  private static final ThreadLocal<Namespace> CURRENT = new ThreadLocal<>();

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> Thread.ofPlatform().daemon().name("network-namespace").unstarted(work));
  private final int threadId;

  /** Makes one without IPv6, whose own packets would be counted. */
  public Namespace() {
    threadId =
        call(
            () -> {
              CURRENT.set(this);
              Linux.leaveNetwork();
              Command.run("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
              Command.run("ip", "link", "set", "lo", "up");
              return Linux.threadId();
            });
  }

  /** The number by which {@code ip link set ... netns} knows it. */
  public int threadId() {
    return threadId;
  }

  /** Runs something in it, from inside of it too; what that throws comes out here. */
  public <T> T call(Callable<T> work) {
    try {
      return CURRENT.get() == this ? work.call() : thread.submit(work).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs something in it; what that throws comes out here. */
  public void run(Runnable work) {
    call(Executors.callable(work));
  }

  /** Runs a command in it that must succeed. */
  public String command(String... command) {
    return call(() -> Command.run(command));
  }

  /** Runs {@code ip} in it, a line each. */
  void ip(String... lines) {
    String unused = call(() -> Command.run(String.join("\n", lines), java.util.List.of("ip", "-batch", "-")));
    assert unused.isEmpty() : unused;
  }

  @Override
  public void close() {
    thread.close();
  }
}
