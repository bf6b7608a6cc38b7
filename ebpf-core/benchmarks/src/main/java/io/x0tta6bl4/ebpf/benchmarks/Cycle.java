package io.x0tta6bl4.ebpf.benchmarks;

/**
 * The times of one way through the life of a program, in nanoseconds.
 *
 * @param load open and load
 * @param attach 0 if it was only loaded
 * @param detach 0 if it was only loaded
 * @param close the object
 */
record Cycle(long load, long attach, long detach, long close) {

  /** What is gone through. */
  enum Kind {
    /** The counter is loaded. */
    XDP_LOAD,
    /** The counter is loaded and attached, native. */
    XDP,
    /** The classifier is loaded. */
    TCX_LOAD,
    /** The classifier is loaded and attached at ingress. */
    TCX;

    boolean isXdp() {
      return this == XDP_LOAD || this == XDP;
    }

    boolean attaches() {
      return this == XDP || this == TCX;
    }
  }

  /** Goes through it. */
  interface Runner {

    /** Once, in the calling thread's network namespace. */
    Cycle run(Kind kind) throws Exception;
  }

  long whole() {
    return load + attach + detach + close;
  }
}
