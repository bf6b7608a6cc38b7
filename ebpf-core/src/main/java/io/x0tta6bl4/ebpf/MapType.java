package io.x0tta6bl4.ebpf;

/**
 * The kinds of maps that this library does something with. Source of the numbers: linux/bpf.h.
 *
 * @since 0.1.0
 */
public enum MapType {

  /** A hash table. */
  HASH(1),
  /** An array; the key is an index of 4 bytes. */
  ARRAY(2),
  /** A hash table with a value for each CPU. */
  PERCPU_HASH(5),
  /** An array with a value for each CPU. */
  PERCPU_ARRAY(6),
  /** A hash table that drops what was not used for long. */
  LRU_HASH(9),
  /** The same with a value for each CPU. */
  LRU_PERCPU_HASH(10),
  /** A value for each CPU, kept by a cgroup. */
  PERCPU_CGROUP_STORAGE(21),
  /** A ring buffer, read by {@link RingBuffer}. */
  RING_BUFFER(27),
  /** Any other. */
  OTHER(-1);

  private final int number;

  MapType(int number) {
    this.number = number;
  }

  static MapType of(int number) {
    for (MapType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return OTHER;
  }

  /**
   * Whether there is a value for each CPU.
   *
   * @return whether it is
   */
  public boolean isPerCpu() {
    return this == PERCPU_HASH || this == PERCPU_ARRAY || this == LRU_PERCPU_HASH || this == PERCPU_CGROUP_STORAGE;
  }

  /**
   * Whether its keys are the numbers from 0 to below its maximum of entries.
   *
   * @return whether it is
   */
  public boolean isArray() {
    return this == ARRAY || this == PERCPU_ARRAY;
  }
}
