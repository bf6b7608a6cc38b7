package io.x0tta6bl4.ebpf.net;

import static io.x0tta6bl4.ebpf.net.Packets.IPV4;
import static io.x0tta6bl4.ebpf.net.Packets.TCP;
import static io.x0tta6bl4.ebpf.net.Packets.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.RequiresBpf;
import io.x0tta6bl4.ebpf.net.ReferenceClassifier.Segments;
import io.x0tta6bl4.ebpf.net.ReferenceClassifier.Verdict;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program in the kernel against {@link ReferenceClassifier}. {@code -Dclassifier.seed} and
 * {@code -Dclassifier.packets} change what comes by chance.
 */
class ClassifierReferenceTest {

  private static final long SEED = Long.getLong("classifier.seed", 20_260_101L);
  private static final int PACKETS = Integer.getInteger("classifier.packets", 100_000);

  private static final int ETHERNET = 14;
  private static final int NO_LINK = 0;

  /** The test run keeps a packet in one page, with what the kernel has around it. */
  private static final int LARGE = 3_500;

  @Test
  @RequiresBpf
  void aSegmentToPort443IsHttpsInBoth() {
    try (LoadedClassifier classifier = new LoadedClassifier(false, ETHERNET)) {
      byte[] packet = ethernet(IPV4).ipv4(TCP).tcp(40_001, 443).bytes();
      assertThat(classifier.compare(packet)).contains(new Verdict(1, 1, 3, 54));
    }
  }

  @ParameterizedTest(name = "egress {0}")
  @ValueSource(booleans = {false, true})
  @RequiresBpf
  void everyCraftedPacketCutAtEveryByteIsClassifiedAsTheRulesSay(boolean egress) {
    Set<Integer> slots = new HashSet<>();
    try (LoadedClassifier classifier = new LoadedClassifier(egress, ETHERNET)) {
      for (byte[] packet : CraftedPackets.all()) {
        for (int length = Math.min(packet.length, 256); length >= ETHERNET; length--) {
          classifier.compare(Arrays.copyOf(packet, length)).map(Verdict::slot).ifPresent(slots::add);
        }
        classifier.compare(packet).map(Verdict::slot).ifPresent(slots::add);
      }
    }
    assertThat(slots).as("slots that a packet fell into").hasSizeGreaterThan(60);
  }

  @ParameterizedTest(name = "egress {0}")
  @ValueSource(booleans = {false, true})
  @RequiresBpf
  void packetsByChanceAreClassifiedAsTheRulesSay(boolean egress) {
    RandomPackets chance = new RandomPackets(SEED);
    try (LoadedClassifier classifier = new LoadedClassifier(egress, ETHERNET)) {
      for (int i = 0; i < PACKETS; i++) {
        int number = i;
        withSeed(() -> classifier.compare(chance.next()), number);
      }
    }
  }

  @ParameterizedTest(name = "egress {0}")
  @ValueSource(booleans = {false, true})
  @RequiresBpf
  void packetsWithoutALinkHeaderAreClassifiedByTheTypeThatTheKernelHas(boolean egress) {
    RandomPackets chance = new RandomPackets(SEED);
    try (LoadedClassifier classifier = new LoadedClassifier(egress, NO_LINK)) {
      for (byte[] packet : CraftedPackets.all()) {
        if (packet.length >= 2 * ETHERNET) {
          classifier.compare(withoutLink(packet));
        }
      }
      for (int i = 0; i < PACKETS / 5; i++) {
        byte[] packet = chance.next();
        withSeed(() -> classifier.compare(packet.length < 2 * ETHERNET ? packet : withoutLink(packet)), i);
      }
    }
  }

  @ParameterizedTest(name = "egress {0}")
  @ValueSource(booleans = {false, true})
  @RequiresBpf
  void packetsThatStandForManyCountAsTheSegmentsOnTheWire(boolean egress) {
    RandomPackets chance = new RandomPackets(SEED);
    try (LoadedClassifier classifier = new LoadedClassifier(egress, ETHERNET)) {
      for (int i = 0; i < PACKETS / 5; i++) {
        byte[] packet = chance.next();
        int count = chance.below(2) == 0 ? 0 : 1 + chance.below(65_535);
        int size = chance.below(3) == 0 ? 0 : 1 + chance.below(chance.below(2) == 0 ? 40 : 65_535);
        int wire = packet.length + chance.below(65_536 - packet.length);
        withSeed(() -> classifier.compare(packet, new Segments(count, size, wire)), i);
      }
    }
  }

  @ParameterizedTest(name = "egress {0}")
  @ValueSource(booleans = {false, true})
  @RequiresBpf
  void largePacketsAreClassifiedByTheirHeaders(boolean egress) {
    try (LoadedClassifier classifier = new LoadedClassifier(egress, ETHERNET)) {
      for (byte[] packet : CraftedPackets.all()) {
        classifier.compare(Arrays.copyOf(packet, Math.max(packet.length, LARGE)));
      }
    }
  }

  private static void withSeed(Runnable comparison, int number) {
    try {
      comparison.run();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + SEED + ", packet " + number + ", " + e.getMessage(), e);
    }
  }

  /** Takes the Ethernet header away and puts its type where the test run looks for one: into the source address. */
  private static byte[] withoutLink(byte[] packet) {
    byte[] bare = Arrays.copyOfRange(packet, ETHERNET, packet.length);
    System.arraycopy(packet, 12, bare, 12, 2);
    return bare;
  }
}
