package io.x0tta6bl4.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.x0tta6bl4.ebpf.kernel.Await;
import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Descriptors;
import io.x0tta6bl4.ebpf.kernel.KernelObjects;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Opens, loads, attaches, reads, detaches and closes, over and over, and tells what is left. Each cycle loads the counter and
 * a classifier, which it attaches by clsact, and runs the counter on a packet; each twentieth attaches by XDP and TCX too, which
 * takes the kernel some 25 ms each, and reads a ring buffer; each tenth does what must fail.
 */
final class Cycles {

  private static final int LINKS = 20;
  private static final int FAILURES = 10;

  /** By then classes are loaded, caches are full and the C library has its stock. */
  private static final int WARM_UP = 100;

  private static final byte[] REJECTED = Samples.bytes("rejected.bpf.o");
  private static final byte[] PACKET = new byte[64];

  /** Fields of {@code struct mallinfo2}. Source: mallinfo(3). */
  private static final int MAPPED = 4;

  private static final int IN_USE = 7;

  private static final MethodHandle MH$mallinfo2 =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("mallinfo2"),
              FunctionDescriptor.of(MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG))));

  private final Set<Integer> programs = new HashSet<>();
  private final Set<Integer> maps = new HashSet<>();

  private Cycles() {}

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    try (Cable cable = new Cable()) {
      cable.near().run(() -> new Cycles().run(count));
    }
  }

  private void run(int count) {
    for (int i = 0; i < WARM_UP; i++) {
      cycle(i);
    }
    long descriptors = Descriptors.count();
    long mappings = mappings();
    long memory = leastMemoryDuring(0, count / 2);
    long memoryAfter = leastMemoryDuring(count / 2, count);
    // The kernel lets go of maps when no CPU can be in a program of theirs any more.
    tell("programsLeft", Await.until(() -> programs.stream().filter(KernelObjects::hasProgram).count(), n -> n == 0));
    tell("mapsLeft", Await.until(() -> maps.stream().filter(KernelObjects::hasMap).count(), n -> n == 0));
    tell("descriptorsGrown", Descriptors.count() - descriptors);
    tell("mappingsGrown", mappings() - mappings);
    tell("memoryGrown", memoryAfter - memory);
    tell("programs", programs.size());
    tell("maps", maps.size());
    tell("cycles", count);
  }

  private static void tell(String figure, long value) {
    System.out.println(figure + "=" + value);
  }

  /** The JVM's compiler takes and gives back some MiB now and then; what leaked is there at every moment. */
  private long leastMemoryDuring(int first, int end) {
    long least = Long.MAX_VALUE;
    for (int i = first; i < end; i++) {
      cycle(i);
      least = Math.min(least, memory());
    }
    return least;
  }

  private void cycle(int number) {
    try (BpfObject object = BpfObject.open(BundledObject.XDP_COUNTER).load()) {
      TestRun _ = object.program("xdp_counter_prog").testRun(PACKET, 1);
      remember(object.program("xdp_counter_prog").info());
      require(object.map("packet_count").sum(0) == 1, "counted once");
    }
    try (TrafficClassifier classifier = classifier(TcMode.CLSACT)) {
      remember(classifier.program(TcDirection.INGRESS));
      require(classifier.read(TcDirection.INGRESS).isEmpty(), "nothing was sent");
      if (number % FAILURES == 0) {
        fail(() -> classifier(TcMode.CLSACT));
      }
    }
    if (number % LINKS == 0) {
      attachByLinks();
      readRing();
    }
    if (number % FAILURES == 0) {
      fail(() -> BpfObject.open("rejected", REJECTED).load());
      fail(() -> BpfObject.open("cut", Arrays.copyOf(REJECTED, REJECTED.length / 2)));
      fail(() -> PacketCounter.attach(NetworkDevice.byName("lo"), XdpMode.NATIVE));
    }
  }

  private void attachByLinks() {
    try (PacketCounter counter = PacketCounter.attach(Cable.NEAR);
        TrafficClassifier tcx = classifier(TcMode.TCX)) {
      remember(counter.program());
      remember(tcx.program(TcDirection.INGRESS));
      require(counter.link().info().attached(), "attached");
      fail(() -> PacketCounter.attach(Cable.NEAR));
    }
  }

  private void readRing() {
    try (BpfObject object = Samples.load();
        RingBuffer ring = object.map("events").ringBuffer(data -> {})) {
      TestRun _ = object.program("emit_prog").testRun(PACKET, 1);
      remember(object.program("emit_prog").info());
      require(ring.poll(Duration.ZERO) == 1, "one record");
      object.map("by_length").forEach((key, value) -> require(value.getLong(0) == 1, "one packet"));
    }
  }

  private static TrafficClassifier classifier(TcMode mode) {
    return TrafficClassifier.builder().device(Cable.NEAR).direction(TcDirection.INGRESS).mode(mode).attach();
  }

  private void remember(ProgramInfo program) {
    programs.add(program.id());
    maps.addAll(KernelObjects.mapsOf(program.id()));
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  private static void fail(Runnable work) {
    try {
      work.run();
    } catch (BpfException e) {
      return;
    }
    throw new AssertionError("did not fail");
  }

  /** Maps of the kernel in this process's memory. */
  private static long mappings() {
    try {
      return Files.readAllLines(Path.of("/proc/self/maps")).stream().filter(line -> line.contains("bpf-map")).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Bytes in use by malloc, in its heap and in mappings of its own. */
  private static long memory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = (MemorySegment) MH$mallinfo2.invokeExact((SegmentAllocator) arena);
      return info.getAtIndex(JAVA_LONG, IN_USE) + info.getAtIndex(JAVA_LONG, MAPPED);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
