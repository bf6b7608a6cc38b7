package io.x0tta6bl4.ebpf.benchmarks;

import io.x0tta6bl4.ebpf.BpfObject;
import io.x0tta6bl4.ebpf.BpfProgram;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a program costs a packet, over a program that does nothing. The kernel runs it many times on one packet
 * (BPF_PROG_TEST_RUN); the time is that of the thread on its CPU, which others that want the CPU do not lengthen.
 */
final class PacketBenchmark implements AutoCloseable {

  private static final int WARM_UP = 2;
  private static final int ROUNDS = 15;
  private static final int XDP_REPEAT = 5_000_000;
  private static final int TC_REPEAT = 2_000_000;
  private static final String EMPTY = "empty";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Report report;
  private final List<BpfObject> objects = new ArrayList<>();
  private final Map<String, BpfProgram> xdp = new LinkedHashMap<>();
  private final Map<String, BpfProgram> tc = new LinkedHashMap<>();

  /**
   * Loads the programs.
   *
   * @param peers other programs to measure beside ours: FILE:PROGRAM, separated by commas, or empty
   */
  PacketBenchmark(Report report, String peers) throws IOException {
    this.report = report;
    add(EMPTY, Programs.empty(), "xdp_empty_prog", xdp);
    add(EMPTY, Programs.empty(), "tc_empty_prog", tc);
    add(Programs.COUNTER, Programs.counter(), Programs.COUNTER, xdp);
    add(Programs.CLASSIFIER, Programs.classifier(), Programs.CLASSIFIER, tc);
    add("the same, least privilege", LeastPrivilege.load(Programs::counter), Programs.COUNTER, xdp);
    add("the same, least privilege", LeastPrivilege.load(Programs::classifier), Programs.CLASSIFIER, tc);
    for (String peer : peers.isBlank() ? new String[0] : peers.split(",", -1)) {
      addPeer(peer.strip());
    }
  }

  private void addPeer(String peer) {
    int colon = peer.lastIndexOf(':');
    if (colon < 1 || colon == peer.length() - 1) {
      throw new CannotRunException("peer.objects, '" + peer + "': expected FILE:PROGRAM");
    }
    String program = peer.substring(colon + 1);
    BpfObject object = open(Path.of(peer.substring(0, colon)), program);
    boolean isXdp = object.program(program).section().startsWith("xdp");
    add("peer: " + object.name() + ", " + program, object, program, isXdp ? xdp : tc);
  }

  private static BpfObject open(Path file, String program) {
    try {
      return Programs.other(file, program);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotRunException("peer.objects, '" + file + ":" + program + "': " + e, e);
    }
  }

  private void add(String name, BpfObject object, String program, Map<String, BpfProgram> programs) {
    objects.add(object);
    programs.put(name, object.program(program));
  }

  void run() throws Exception {
    byte[] common = TestPackets.tcpOverIpv4();
    report.section("XDP, a packet of TCP/IPv4 with 64 bytes", "ns of CPU per packet", "ratio");
    run(xdp, common, XDP_REPEAT, Map.of(Programs.COUNTER, Report.Aim.atMost(1.15)));
    for (Map.Entry<String, byte[]> packet : TestPackets.all().entrySet()) {
      report.section("TC, " + packet.getKey(), "ns of CPU per packet", "ratio");
      boolean isAimed = Arrays.equals(packet.getValue(), common);
      run(tc, packet.getValue(), TC_REPEAT, isAimed ? Map.of(Programs.CLASSIFIER, Report.Aim.atMost(1.6)) : Map.of());
    }
  }

  private void run(Map<String, BpfProgram> programs, byte[] packet, int repeat, Map<String, Report.Aim> aims)
      throws Exception {
    Rounds rounds = new Rounds();
    programs.forEach((name, program) -> rounds.add(name, () -> time(program, packet, repeat)));
    Rounds.Results results = rounds.run(WARM_UP, ROUNDS);
    Figure empty = results.of(EMPTY);
    results.figures().forEach(
        (name, figure) -> report.row(name, figure, 1, empty, aims.getOrDefault(name, Report.Aim.NONE)));
  }

  private static double time(BpfProgram program, byte[] packet, int repeat) {
    long start = THREADS.getCurrentThreadCpuTime();
    program.testRun(packet, repeat);
    return (THREADS.getCurrentThreadCpuTime() - start) / (double) repeat;
  }

  @Override
  public void close() {
    objects.forEach(BpfObject::close);
  }
}
