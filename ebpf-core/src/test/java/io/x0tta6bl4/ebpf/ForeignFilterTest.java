package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.ForeignFilter;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Other people's filters are never touched, and never miss a packet. */
@RequiresKernel
class ForeignFilterTest {

  /** Where our filter of clsact goes if nobody is there. */
  private static final int OUR_PRIORITY = 57_584;

  private static final int OUR_HANDLE = 0x78307462;

  private Cable cable;

  @BeforeEach
  void layCable() {
    cable = new Cable();
  }

  @AfterEach
  void removeCable() {
    cable.close();
  }

  static Stream<Arguments> waysToAttach() {
    return Stream.of(TcMode.TCX, TcMode.CLSACT)
        .flatMap(mode -> Stream.of(TcDirection.values()).map(direction -> Arguments.of(mode, direction)));
  }

  private TrafficClassifier classifier(TcMode mode, TcDirection direction) {
    return cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).direction(direction).mode(mode).attach());
  }

  private void send(TcDirection direction, int count) {
    if (direction == TcDirection.INGRESS) {
      cable.sendToNear(Datagrams.of(count));
    } else {
      cable.sendToFar(Datagrams.of(count));
    }
  }

  private long counted(TrafficClassifier classifier, TcDirection direction) {
    return classifier.read(direction).values().stream().mapToLong(counts -> counts.packets()).sum();
  }

  private String filters(TcDirection direction) {
    return cable.near().command("tc", "filter", "show", "dev", Cable.NEAR, direction.label());
  }

  @ParameterizedTest
  @MethodSource("waysToAttach")
  void seesEveryPacketBeforeDuringAndAfterOurs(TcMode mode, TcDirection direction) {
    try (ForeignFilter foreign = foreign(direction, 0, 0)) {
      send(direction, 3);
      TrafficClassifier classifier = classifier(mode, direction);
      send(direction, 5);
      assertThat(counted(classifier, direction)).isEqualTo(5);
      cable.near().run(classifier::close);
      send(direction, 7);

      assertThat(foreign.seen()).isEqualTo(3 + 5 + 7);
    }
  }

  @ParameterizedTest
  @MethodSource("waysToAttach")
  void mayComeAfterOurs(TcMode mode, TcDirection direction) {
    TrafficClassifier classifier = classifier(mode, direction);
    try (ForeignFilter foreign = foreign(direction, 0, 0)) {
      send(direction, 5);
      assertThat(counted(classifier, direction)).isEqualTo(5);
      cable.near().run(classifier::close);
      send(direction, 7);

      assertThat(foreign.seen()).isEqualTo(5 + 7);
    }
  }

  @ParameterizedTest
  @MethodSource("waysToAttach")
  void staysWhereTheCommandPutIt(TcMode mode, TcDirection direction) {
    cable.near().command("tc", "qdisc", "add", "dev", Cable.NEAR, "clsact");
    cable.near().command(
        "tc", "filter", "add", "dev", Cable.NEAR, direction.label(), "bpf", "da", "obj", Samples.file().toString(), "sec", "tc");
    String before = filters(direction);
    assertThat(before).contains("other_filter_pr");

    TrafficClassifier classifier = classifier(mode, direction);
    assertThat(filters(direction)).contains(before.strip());
    cable.near().run(classifier::close);

    assertThat(filters(direction)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("waysToAttach")
  void leavesTheQueueingDisciplineWhereItIs(TcMode mode, TcDirection direction) {
    cable.near().command("tc", "qdisc", "add", "dev", Cable.NEAR, "clsact");

    TrafficClassifier classifier = classifier(mode, direction);
    cable.near().run(classifier::close);

    assertThat(cable.near().command("tc", "qdisc", "show", "dev", Cable.NEAR)).contains("clsact");
    assertThat(filters(direction)).isEmpty();
  }

  @Test
  void leavesTheQueueingDisciplineThatItMade() {
    TrafficClassifier classifier = classifier(TcMode.CLSACT, TcDirection.INGRESS);
    cable.near().run(classifier::close);

    assertThat(cable.near().command("tc", "qdisc", "show", "dev", Cable.NEAR)).contains("clsact");
  }

  @Test
  void keepsItsPriorityWhereItHasOurs() {
    cable.near().command("tc", "qdisc", "add", "dev", Cable.NEAR, "clsact");
    // Of another protocol: one priority can have only one, so ours has to go elsewhere.
    cable.near().command(
        "tc", "filter", "add", "dev", Cable.NEAR, "ingress", "prio", "" + OUR_PRIORITY, "protocol", "ip",
        "bpf", "da", "obj", Samples.file().toString(), "sec", "tc");
    String before = filters(TcDirection.INGRESS);

    TrafficClassifier classifier = classifier(TcMode.CLSACT, TcDirection.INGRESS);
    send(TcDirection.INGRESS, 4);

    assertThat(counted(classifier, TcDirection.INGRESS)).isEqualTo(4);
    assertThat(filters(TcDirection.INGRESS)).contains("pref " + (OUR_PRIORITY + 1));
    cable.near().run(classifier::close);
    assertThat(filters(TcDirection.INGRESS)).isEqualTo(before);
  }

  @Test
  void keepsItsPlaceEvenWhereItHasOurPriorityAndOurHandle() {
    try (ForeignFilter foreign = foreign(TcDirection.INGRESS, OUR_PRIORITY, OUR_HANDLE)) {
      TrafficClassifier classifier = classifier(TcMode.CLSACT, TcDirection.INGRESS);
      send(TcDirection.INGRESS, 4);
      assertThat(counted(classifier, TcDirection.INGRESS)).isEqualTo(4);
      cable.near().run(classifier::close);
      send(TcDirection.INGRESS, 2);

      assertThat(foreign.seen()).isEqualTo(6);
    }
  }

  @Test
  void keepsThePlaceThatItTookFromUs() {
    TrafficClassifier classifier = classifier(TcMode.CLSACT, TcDirection.INGRESS);
    try (ForeignFilter foreign = foreign(TcDirection.INGRESS, OUR_PRIORITY, OUR_HANDLE)) {
      assertThat(cable.near().call(() -> classifier.link(TcDirection.INGRESS).info()).attached()).isFalse();

      cable.near().run(classifier::close);
      send(TcDirection.INGRESS, 6);

      assertThat(foreign.seen()).isEqualTo(6);
    }
  }

  @Test
  void mayTakeOursAwayWithTheWholeQueueingDiscipline() {
    TrafficClassifier classifier = classifier(TcMode.CLSACT, TcDirection.INGRESS);
    cable.near().command("tc", "qdisc", "del", "dev", Cable.NEAR, "clsact");

    assertThat(cable.near().call(() -> classifier.link(TcDirection.INGRESS).info()).attached()).isFalse();
    cable.near().run(classifier::close);
  }

  private ForeignFilter foreign(TcDirection direction, int priority, int handle) {
    return cable.near().call(() -> ForeignFilter.attach(cable.device(), direction, priority, handle));
  }
}
