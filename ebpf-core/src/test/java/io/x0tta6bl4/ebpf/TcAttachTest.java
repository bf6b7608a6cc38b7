package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.ebpf.kernel.Cable;
import io.x0tta6bl4.ebpf.kernel.Datagrams;
import io.x0tta6bl4.ebpf.kernel.RequiresKernel;
import io.x0tta6bl4.ebpf.kernel.Samples;
import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.ebpf.net.Network;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.ServicePorts;
import io.x0tta6bl4.ebpf.net.TrafficClass;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import io.x0tta6bl4.ebpf.net.Transport;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresKernel
class TcAttachTest {

  private static final int EBUSY = 16;
  private static final int EEXIST = 17;

  private static final Datagrams QUESTIONS = new Datagrams(20, 40, 53);
  private static final Datagrams PAGES = new Datagrams(30, 1200, 443);
  private static final Datagrams UNKNOWN = new Datagrams(7, 500, 4000);

  private Cable cable;

  @BeforeEach
  void layCable() {
    cable = new Cable();
  }

  @AfterEach
  void removeCable() {
    cable.close();
  }

  private static TrafficClass udp(String service) {
    return new TrafficClass(Network.IPV4, Transport.UDP, service);
  }

  private TrafficClassifier classifier(TcMode mode) {
    return cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).mode(mode).attach());
  }

  private void close(AutoCloseable closeable) {
    cable.near().call(
        () -> {
          closeable.close();
          return null;
        });
  }

  @ParameterizedTest
  @EnumSource(TcMode.class)
  void countsEachDirectionByClass(TcMode mode) {
    TrafficClassifier classifier = classifier(mode);
    cable.sendToNear(QUESTIONS);
    cable.sendToNear(UNKNOWN);
    cable.sendToFar(PAGES);
    cable.sendToFar(UNKNOWN);

    assertThat(classifier.read(TcDirection.INGRESS))
        .isEqualTo(Map.of(udp("dns"), QUESTIONS.counts(), udp("other"), UNKNOWN.counts()));
    assertThat(classifier.read(TcDirection.EGRESS))
        .isEqualTo(Map.of(udp("https"), PAGES.counts(), udp("other"), UNKNOWN.counts()));
    close(classifier);
  }

  @ParameterizedTest
  @EnumSource(TcMode.class)
  void agreesWithTheStatisticsOfTheInterface(TcMode mode) {
    TrafficClassifier classifier = classifier(mode);
    cable.sendToNear(QUESTIONS);
    cable.sendToFar(PAGES);

    assertThat(sum(classifier.read(TcDirection.INGRESS))).isEqualTo(cable.nearStatistics().received());
    assertThat(sum(classifier.read(TcDirection.EGRESS))).isEqualTo(cable.nearStatistics().sent());
    close(classifier);
  }

  /** In the stack XDP comes first, and newer kernels then hand the packet over without its Ethernet header. */
  @ParameterizedTest
  @EnumSource(names = {"TCX", "CLSACT"})
  void countsEachDirectionByClassBehindXdpInTheStack(TcMode mode) {
    TrafficClassifier classifier = classifier(mode);
    try (PacketCounter counter = cable.near().call(() -> PacketCounter.attach(cable.device(), XdpMode.GENERIC))) {
      cable.sendToNear(QUESTIONS);
      cable.sendToNear(UNKNOWN);
      cable.sendToFar(PAGES);

      assertThat(classifier.read(TcDirection.INGRESS))
          .isEqualTo(Map.of(udp("dns"), QUESTIONS.counts(), udp("other"), UNKNOWN.counts()));
      assertThat(classifier.read(TcDirection.EGRESS)).isEqualTo(Map.of(udp("https"), PAGES.counts()));
      assertThat(counter.read()).isEqualTo(QUESTIONS.counts().plus(UNKNOWN.counts()));
    }
    close(classifier);
  }

  private static Counts sum(Map<TrafficClass, Counts> counts) {
    return counts.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  @Test
  void countsFragmentsBesideTheFirst() {
    Datagrams inFour = new Datagrams(1, 5000, 53);
    int firstThree = 14 + 20 + 1480;
    int last = 14 + 20 + 8 + 5000 - 3 * 1480;
    try (TrafficClassifier classifier = classifier(TcMode.AUTO)) {
      cable.sendToNear(inFour);

      assertThat(classifier.read(TcDirection.INGRESS))
          .isEqualTo(
              Map.of(
                  udp("dns"), new Counts(1, firstThree),
                  new TrafficClass(Network.IPV4, Transport.FRAGMENT, "other"), new Counts(3, 2 * firstThree + last)));
    }
  }

  @ParameterizedTest
  @EnumSource(TcDirection.class)
  void countsOneDirectionWhereAskedTo(TcDirection direction) {
    try (TrafficClassifier classifier =
        cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).direction(direction).attach())) {
      cable.sendToNear(QUESTIONS);
      cable.sendToFar(PAGES);

      Map<TrafficClass, Counts> expected =
          direction == TcDirection.INGRESS
              ? Map.of(udp("dns"), QUESTIONS.counts())
              : Map.of(udp("https"), PAGES.counts());
      assertThat(classifier.read(direction)).isEqualTo(expected);
      TcDirection other = direction == TcDirection.INGRESS ? TcDirection.EGRESS : TcDirection.INGRESS;
      assertThatThrownBy(() -> classifier.read(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(other.toString());
    }
  }

  @Test
  void prefersALink() {
    try (TrafficClassifier classifier = classifier(TcMode.AUTO)) {
      for (TcDirection direction : TcDirection.values()) {
        assertThat(classifier.link(direction).mode()).isEqualTo(LinkMode.TCX);
        assertThat(classifier.link(direction).info().programId()).isEqualTo(classifier.program(direction).id());
      }
      assertThat(cable.near().command("tc", "qdisc", "show", "dev", Cable.NEAR)).doesNotContain("clsact");
    }
  }

  @Test
  void reportsAFilterOfClsact() {
    TrafficClassifier classifier = classifier(TcMode.CLSACT);
    BpfLink link = classifier.link(TcDirection.EGRESS);

    assertThat(link.mode()).isEqualTo(LinkMode.CLSACT);
    assertThat(cable.near().call(link::info))
        .isEqualTo(new LinkInfo(0, classifier.program(TcDirection.EGRESS).id(), cable.device().index()));
    close(classifier);
  }

  @ParameterizedTest
  @EnumSource(TcMode.class)
  void sortsByOtherPortsFromNowOn(TcMode mode) {
    ServicePorts before = ServicePorts.builder().service("game", 4000).service("chat", 443).build();
    ServicePorts after = ServicePorts.builder().service("game", 53).service("chat", 443).build();
    TrafficClassifier classifier =
        cable.near().call(() -> TrafficClassifier.builder().device(Cable.NEAR).mode(mode).services(before).attach());
    cable.sendToNear(UNKNOWN);
    cable.sendToNear(PAGES);
    classifier.setPorts(after);
    cable.sendToNear(UNKNOWN);
    cable.sendToNear(QUESTIONS);

    assertThat(classifier.read(TcDirection.INGRESS))
        .isEqualTo(
            Map.of(
                udp("game"), UNKNOWN.counts().plus(QUESTIONS.counts()),
                udp("chat"), PAGES.counts(),
                udp("other"), UNKNOWN.counts()));
    close(classifier);
  }

  @Test
  void countsBesideAnotherClassifierByLinks() {
    try (TrafficClassifier first = classifier(TcMode.TCX);
        TrafficClassifier second = classifier(TcMode.TCX)) {
      cable.sendToNear(QUESTIONS);

      assertThat(first.read(TcDirection.INGRESS)).isEqualTo(Map.of(udp("dns"), QUESTIONS.counts()));
      assertThat(second.read(TcDirection.INGRESS)).isEqualTo(Map.of(udp("dns"), QUESTIONS.counts()));
    }
  }

  @Test
  void countsByALinkBesideOneByClsact() {
    TrafficClassifier clsact = classifier(TcMode.CLSACT);
    try (TrafficClassifier tcx = classifier(TcMode.TCX)) {
      cable.sendToNear(QUESTIONS);
      cable.sendToFar(PAGES);

      assertThat(clsact.read(TcDirection.INGRESS)).isEqualTo(tcx.read(TcDirection.INGRESS)).isNotEmpty();
      assertThat(clsact.read(TcDirection.EGRESS)).isEqualTo(tcx.read(TcDirection.EGRESS)).isNotEmpty();
    }
    close(clsact);
  }

  @Test
  void refusesTheSameProgramTwiceByALink() {
    try (BpfObject object = Samples.load()) {
      BpfProgram program = object.program("other_filter_prog");
      BpfLink first = attach(program, TcDirection.INGRESS, TcMode.TCX);

      assertThatThrownBy(() -> attach(program, TcDirection.INGRESS, TcMode.AUTO))
          .isInstanceOfSatisfying(BpfAttachException.class, e -> assertThat(e.errno()).hasValue(EEXIST))
          .hasMessageContaining("there already");

      assertThat(first.info().attached()).isTrue();
    }
  }

  @Test
  void refusesASecondFilterOfOursWhileTheFirstIsAlive() {
    try (BpfObject object = Samples.load();
        BpfObject other = Samples.load()) {
      BpfLink first = attach(object.program("other_filter_prog"), TcDirection.INGRESS, TcMode.CLSACT);

      assertThatThrownBy(() -> attach(other.program("other_filter_prog"), TcDirection.INGRESS, TcMode.CLSACT))
          .isInstanceOfSatisfying(
              BpfAttachException.class,
              e -> {
                assertThat(e.errno()).hasValue(EBUSY);
                assertThat(e.device()).isEqualTo(Cable.NEAR);
              });

      assertThat(cable.near().call(first::info).attached()).isTrue();
      BpfLink egress = attach(other.program("other_filter_prog"), TcDirection.EGRESS, TcMode.CLSACT);
      close(first);
      close(attach(other.program("other_filter_prog"), TcDirection.INGRESS, TcMode.CLSACT));
      close(egress);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCX", "CLSACT"})
  void letsAnotherProgramTakeOver(TcMode mode) {
    try (BpfObject first = Samples.load();
        BpfObject second = Samples.load()) {
      BpfLink link = attach(first.program("other_filter_prog"), TcDirection.INGRESS, mode);
      cable.sendToNear(Datagrams.of(3));
      cable.near().run(() -> link.replaceProgram(second.program("other_filter_prog")));
      cable.sendToNear(Datagrams.of(4));

      assertThat(cable.near().call(link::info).programId()).isEqualTo(second.program("other_filter_prog").info().id());
      assertThat(first.map("other_filter_count").sum(0)).isEqualTo(3);
      assertThat(second.map("other_filter_count").sum(0)).isEqualTo(4);

      close(link);
      cable.sendToNear(Datagrams.of(5));
      assertThat(second.map("other_filter_count").sum(0)).isEqualTo(4);
    }
  }

  @Test
  void attachesNoneOfTheDirectionsWhereOneFails() {
    try (BpfObject object = Samples.load()) {
      BpfLink inTheWay = attach(object.program("other_filter_prog"), TcDirection.EGRESS, TcMode.CLSACT);

      assertThatThrownBy(() -> classifier(TcMode.CLSACT)).isInstanceOf(BpfAttachException.class);

      assertThat(cable.near().command("tc", "filter", "show", "dev", Cable.NEAR, "ingress")).isEmpty();
      close(inTheWay);
    }
  }

  private BpfLink attach(BpfProgram program, TcDirection direction, TcMode mode) {
    return cable.near().call(() -> program.attachTc(cable.device(), direction, mode));
  }
}
