package io.x0tta6bl4.ebpf.benchmarks;

import io.x0tta6bl4.ebpf.BpfMap;
import io.x0tta6bl4.ebpf.BpfObject;
import io.x0tta6bl4.ebpf.MappedArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;

/** What it costs to read what was counted: from memory that the kernel shares, and by calls of the kernel. */
final class ReadBenchmark implements AutoCloseable {

  private static final int WARM_UP = 10;
  private static final int ROUNDS = 31;
  private static final int MAPPED_READS = 2_000_000;
  private static final int SYSCALL_READS = 20_000;
  private static final int MAPPED_TABLES = 1_000;
  private static final int BATCH_TABLES = 40;
  private static final int SINGLE_TABLES = 5;
  private static final int PACKETS_AT = 0;
  private static final int BYTES_AT = Long.BYTES;

  private final Report report;
  private final BpfObject counter = Programs.counter();
  private final BpfObject classifier = Programs.classifier();
  private final BpfMap counts = counter.map("packet_count");
  private final BpfMap traffic = classifier.map("traffic");
  private final MappedArray table = traffic.mapped(false);
  private final int slot;

  /** Kept, so that no read can be left out as useless. */
  private long total;

  ReadBenchmark(Report report) {
    this.report = report;
    for (byte[] packet : TestPackets.all().values()) {
      counter.program(Programs.COUNTER).testRun(packet, 1);
      classifier.program(Programs.CLASSIFIER).testRun(packet, 1);
    }
    this.slot = busiestSlot();
  }

  private int busiestSlot() {
    int busiest = 0;
    for (int candidate = 1; candidate < Programs.SLOTS; candidate++) {
      busiest = mapped(candidate) > mapped(busiest) ? candidate : busiest;
    }
    return busiest;
  }

  void run() throws Exception {
    int cpus = BpfMap.possibleCpus();
    requireEqual("one counter", TestPackets.all().size(), counts.sum(PACKETS_AT));
    Rounds.Results one =
        new Rounds()
            .add("mapping", () -> timeMapped())
            .add("syscall", () -> time(SYSCALL_READS, () -> counts.sum(PACKETS_AT)))
            .run(WARM_UP, ROUNDS);
    report.section("One counter, summed over " + cpus + " CPUs", "ns per read", "faster");
    Figure syscall = one.of("syscall");
    report.row("by a call of the kernel (BpfMap.sum)", syscall, 1);
    report.faster("by the mapping (MappedArray)", one.of("mapping"), 1, syscall, Report.Aim.atLeast(100));

    long expected = mappedTable();
    requireEqual("table by batch", expected, batchTable());
    requireEqual("table one by one", expected, singleTable());
    Rounds.Results whole =
        new Rounds()
            .add("mapping", () -> time(MAPPED_TABLES, this::mappedTable))
            .add("batch", () -> time(BATCH_TABLES, this::batchTable))
            .add("single", () -> time(SINGLE_TABLES, this::singleTable))
            .run(WARM_UP, ROUNDS);
    report.section("The classifier's table, " + Programs.SLOTS + " slots of " + cpus + " CPUs", "us per read", "faster");
    Figure single = whole.of("single");
    report.row("by a call for each entry (BpfMap.lookup)", single, 1_000);
    report.faster("by calls for many (BpfMap.forEach)", whole.of("batch"), 1_000, single, Report.Aim.NONE);
    report.faster("by the mapping (MappedArray)", whole.of("mapping"), 1_000, single, Report.Aim.NONE);
  }

  private double time(int reads, LongSupplier read) {
    long sum = 0;
    long start = System.nanoTime();
    for (int i = 0; i < reads; i++) {
      sum += read.getAsLong();
    }
    long time = System.nanoTime() - start;
    total += sum;
    return time / (double) reads;
  }

  /** A loop of its own: a call through an interface would cost more than the read. */
  private double timeMapped() {
    long sum = 0;
    long start = System.nanoTime();
    for (int i = 0; i < MAPPED_READS; i++) {
      sum += mapped(slot);
    }
    long time = System.nanoTime() - start;
    total += sum;
    return time / (double) MAPPED_READS;
  }

  private long mapped(int wanted) {
    long sum = 0;
    for (int row = wanted; row < table.entries(); row += Programs.SLOTS) {
      sum += table.getLong(row, PACKETS_AT);
    }
    return sum;
  }

  private long mappedTable() {
    long check = 0;
    for (int row = 0; row < table.entries(); row++) {
      check += mixed(row, table.getLong(row, PACKETS_AT), table.getLong(row, BYTES_AT));
    }
    return check;
  }

  private long batchTable() {
    long[] check = new long[1];
    traffic.forEach((key, value) -> check[0] += mixed(key.getInt(0), value.getLong(PACKETS_AT), value.getLong(BYTES_AT)));
    return check[0];
  }

  private long singleTable() {
    long check = 0;
    for (int row = 0; row < traffic.maxEntries(); row++) {
      byte[] value = traffic.lookup(BpfMap.key(row)).orElseThrow();
      ByteBuffer numbers = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
      check += mixed(row, numbers.getLong(PACKETS_AT), numbers.getLong(BYTES_AT));
    }
    return check;
  }

  /** A sum that is another one if two rows or two numbers of a row are exchanged. */
  private static long mixed(int row, long packets, long bytes) {
    return (row + 1) * (packets + 3 * bytes);
  }

  private static void requireEqual(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException(what + ": read " + found + ", expected " + expected);
    }
  }

  @Override
  public void close() {
    report.note("(" + total + " in all, read to be used)");
    classifier.close();
    counter.close();
  }
}
