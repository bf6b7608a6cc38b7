package io.x0tta6bl4.ebpf.internal;

import io.x0tta6bl4.ebpf.internal.libbpf.Libbpf;
import io.x0tta6bl4.ebpf.internal.libbpf.libbpf_print_fn_t;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What libbpf says during a call. It says it to one function for the whole process; this keeps it for the thread that
 * called, so that an exception can carry it, and writes nothing to stderr.
 */
public final class LibbpfLog implements AutoCloseable {

  private static final ThreadLocal<@Nullable LibbpfLog> CURRENT = new ThreadLocal<>();

  /** Enough for a {@code va_list} on x86-64 (24 bytes) and aarch64 (32 bytes). */
  private static final long VA_LIST_SIZE = 32;

  private final StringBuilder text = new StringBuilder();
  private final @Nullable LibbpfLog outer;
  private final boolean debug;

  private LibbpfLog(@Nullable LibbpfLog outer, boolean debug) {
    this.outer = outer;
    this.debug = debug;
  }

  /** Takes libbpf's words from now on. */
  static void install() {
    MemorySegment print = libbpf_print_fn_t.allocate(LibbpfLog::print, Arena.global());
    MemorySegment _ = Libbpf.libbpf_set_print(print);
  }

  /**
   * Listens to what libbpf says in the calling thread.
   *
   * @return to close, in the same thread
   */
  public static LibbpfLog listen() {
    return open(false);
  }

  /**
   * Listens to what libbpf says in the calling thread, the log of a successful verification included.
   *
   * @return to close, in the same thread
   */
  public static LibbpfLog listenToAll() {
    return open(true);
  }

  private static LibbpfLog open(boolean debug) {
    LibbpfLog log = new LibbpfLog(CURRENT.get(), debug);
    CURRENT.set(log);
    return log;
  }

  /**
   * What was said so far.
   *
   * @return whole lines, without libbpf's prefix
   */
  public String text() {
    return text.toString();
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** Called by libbpf. An exception out of it would end the JVM. */
  private static int print(int level, MemorySegment format, MemorySegment arguments) {
    try {
      LibbpfLog log = CURRENT.get();
      if (log != null && (log.debug || level != Libbpf.LIBBPF_DEBUG())) {
        log.append(format, arguments);
      }
    } catch (Throwable e) {
      return 0;
    }
    return 0;
  }

  private void append(MemorySegment format, MemorySegment arguments) {
    try (Arena arena = Arena.ofConfined()) {
      // The first call uses the list up, so it gets a copy.
      MemorySegment copy = arena.allocate(VA_LIST_SIZE, 8);
      copy.copyFrom(arguments.reinterpret(VA_LIST_SIZE));
      int length = Libc.Print.vsnprintf(MemorySegment.NULL, 0, format, copy);
      if (length > 0) {
        MemorySegment buffer = arena.allocate(length + 1L);
        int _ = Libc.Print.vsnprintf(buffer, length + 1L, format, arguments);
        text.append(buffer.getString(0).replaceFirst("^libbpf: ", ""));
      }
    }
  }
}
