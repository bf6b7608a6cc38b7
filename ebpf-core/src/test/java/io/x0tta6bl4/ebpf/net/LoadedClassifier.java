package io.x0tta6bl4.ebpf.net;

import static org.assertj.core.api.Assertions.fail;

import io.x0tta6bl4.ebpf.BpfException;
import io.x0tta6bl4.ebpf.BpfMap;
import io.x0tta6bl4.ebpf.BpfObject;
import io.x0tta6bl4.ebpf.BpfProgram;
import io.x0tta6bl4.ebpf.BundledObject;
import io.x0tta6bl4.ebpf.ContextRunner;
import io.x0tta6bl4.ebpf.MappedArray;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.net.ReferenceClassifier.Segments;
import io.x0tta6bl4.ebpf.net.ReferenceClassifier.Verdict;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The program in the kernel beside the reference. After each packet its slot must have what the reference made of all
 * packets so far, and after some packets, and at the end, each slot must. Where another slot has not, those packets are
 * given once more with a look at the whole table after each, which tells the one that is counted wrongly.
 */
final class LoadedClassifier implements AutoCloseable {

  private static final int SLOTS = 1 << 10;
  private static final int UNSPEC = -1;
  private static final int BATCH = 64;

  private record Given(byte[] packet, Segments segments) {}

  private final boolean egress;
  private final int linkHeader;
  private final ReferenceClassifier reference;
  private final BpfObject object;
  private final BpfProgram program;
  private final MappedArray table;
  private final ContextRunner runner;
  private final long[] packets = new long[SLOTS];
  private final long[] bytes = new long[SLOTS];
  private final List<Given> batch = new ArrayList<>();

  LoadedClassifier(boolean egress, int linkHeader) {
    byte[] portClass = CraftedPackets.portClass();
    this.egress = egress;
    this.linkHeader = linkHeader;
    this.reference = new ReferenceClassifier(linkHeader, portClass);
    this.object = BpfObject.open(BundledObject.TC_CLASSIFIER);
    this.program = object.program("tc_classifier_prog");
    object.setConstant("egress", egress ? 1 : 0);
    object.setConstant("link_header", linkHeader);
    object.map("traffic").setMaxEntries(SLOTS * BpfMap.possibleCpus());
    object.load();
    this.table = object.map("traffic").mapped(false);
    this.runner = new ContextRunner(program);
    try (MappedArray ports = object.map(".bss").mapped(true)) {
      int at = object.offsetOf("port_class");
      for (int port = 0; port < portClass.length; port++) {
        ports.setByte(0, at + port, portClass[port]);
      }
    }
  }

  /** Gives it a packet that stands for itself. At egress the kernel must be told how long that is on the wire. */
  Optional<Verdict> compare(byte[] packet) {
    return compare(packet, new Segments(0, 0, egress ? packet.length : 0));
  }

  /** Gives it a packet that stands for many. Empty if the kernel makes no test run of it. */
  Optional<Verdict> compare(byte[] packet, Segments segments) {
    Optional<Verdict> verdict = run(new Given(packet, segments));
    batch.add(new Given(packet, segments));
    if (batch.size() == BATCH) {
      compareTable();
    }
    return verdict;
  }

  private Optional<Verdict> run(Given given) {
    byte[] packet = given.packet();
    Segments segments = given.segments();
    // The test run takes bytes 12 and 13 for the type whether the program is told of a link header or not.
    int type = (packet[12] & 0xff) << 8 | packet[13] & 0xff;
    int returned;
    try {
      returned =
          segments.equals(new Segments(0, 0, 0))
              ? program.testRun(packet, 1).returnValue()
              : runner.run(packet, segments.count(), segments.size(), segments.wireLength());
    } catch (BpfException e) {
      // Newer kernels refuse an IP packet that ends before its header does, unless a tag stands before that.
      boolean cut = (type == Packets.IPV4 && packet.length < 34) || (type == Packets.IPV6 && packet.length < 54);
      if (cut && e.errno().orElse(0) == Errno.EINVAL) {
        return Optional.empty();
      }
      throw e;
    }
    Verdict verdict = reference.classify(packet, type);
    packets[verdict.slot()] += ReferenceClassifier.packets(verdict, packet.length, segments);
    bytes[verdict.slot()] += ReferenceClassifier.bytes(verdict, packet.length, segments, egress);
    if (returned != UNSPEC || !isAsExpected(verdict.slot())) {
      fail("expected: " + verdict + ", returned " + returned + difference(given));
    }
    return Optional.of(verdict);
  }

  private void compareTable() {
    if (!isAsExpected()) {
      String difference = difference();
      for (int slot = 0; slot < SLOTS; slot++) {
        packets[slot] = found(slot, 0);
        bytes[slot] = found(slot, Long.BYTES);
      }
      for (Given given : batch) {
        Optional<Verdict> verdict = run(given);
        if (!isAsExpected()) {
          fail("expected: only " + verdict + difference(given));
        }
      }
      fail("one of " + batch.size() + " packets was also counted elsewhere" + difference);
    }
    batch.clear();
  }

  private boolean isAsExpected() {
    boolean same = true;
    for (int slot = 0; slot < SLOTS; slot++) {
      same &= isAsExpected(slot);
    }
    return same;
  }

  private boolean isAsExpected(int slot) {
    return found(slot, 0) == packets[slot] && found(slot, Long.BYTES) == bytes[slot];
  }

  private long found(int slot, int offset) {
    long sum = 0;
    for (int row = slot; row < table.entries(); row += SLOTS) {
      sum += table.getLong(row, offset);
    }
    return sum;
  }

  private String difference(Given given) {
    return " for egress " + egress + ", link_header " + linkHeader + ", " + given.segments() + ", packet "
        + HexFormat.of().formatHex(given.packet()) + difference();
  }

  private String difference() {
    StringBuilder text = new StringBuilder();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (!isAsExpected(slot)) {
        text.append("\nslot ").append(slot).append(" (").append(slot >> 8).append('/').append(slot >> 4 & 0xf);
        text.append('/').append(slot & 0xf).append("): ").append(found(slot, 0) - packets[slot]).append(" packets and ");
        text.append(found(slot, Long.BYTES) - bytes[slot]).append(" bytes more than expected");
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      compareTable();
    } finally {
      runner.close();
      object.close();
    }
  }
}
