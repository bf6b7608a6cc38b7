package io.x0tta6bl4.ebpf.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.ebpf.BpfLink;
import io.x0tta6bl4.ebpf.LinkMode;
import io.x0tta6bl4.ebpf.Links;
import io.x0tta6bl4.ebpf.ProgramInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EbpfMetricsTest {

  private static final String TAG = "0123456789abcdef";
  private static final int XDP = 6;
  private static final int TC = 3;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final EbpfMetrics metrics = EbpfMetrics.register(registry);

  @Test
  void anEmptyRegistryIsAnEmptyPage() {
    assertThat(page()).isEmpty();
  }

  @Test
  void thePageOfACounterIsExactlyAsPromised() {
    metrics.add(reading(EbpfMetricsTest::counter));
    assertThat(page())
        .isEqualTo(
            """
            # HELP x0tta6bl4_ebpf_program_info The loaded programs; the tag is a hash of the instructions.
            # TYPE x0tta6bl4_ebpf_program_info gauge
            x0tta6bl4_ebpf_program_info{id="7",program="xdp_counter_prog",tag="0123456789abcdef",type="xdp"} 1
            # HELP x0tta6bl4_ebpf_program_attached 1 while a program is attached, 0 once it has lost its interface.
            # TYPE x0tta6bl4_ebpf_program_attached gauge
            x0tta6bl4_ebpf_program_attached{interface="eth0",mode="native",program="xdp_counter_prog"} 1.0
            # HELP x0tta6bl4_ebpf_xdp_bytes_total Bytes of frames that came in, with their Ethernet header.
            # TYPE x0tta6bl4_ebpf_xdp_bytes_total counter
            x0tta6bl4_ebpf_xdp_bytes_total{interface="eth0"} 640.0
            # HELP x0tta6bl4_ebpf_xdp_packets_total Frames that came in, as the driver gave them.
            # TYPE x0tta6bl4_ebpf_xdp_packets_total counter
            x0tta6bl4_ebpf_xdp_packets_total{interface="eth0"} 10.0
            """);
  }

  @Test
  void aClassifierHasALineForEachDirectionAndClass() {
    metrics.add(
        reading(
            families -> {
              families.add(Family.TC_PACKETS, 3, "eth0", "ingress", "ipv4", "tcp", "https");
              families.add(Family.TC_BYTES, 180, "eth0", "ingress", "ipv4", "tcp", "https");
              families.add(Family.TC_PACKETS, 1, "eth0", "egress", "arp", "other", "other");
              families.add(Family.TC_BYTES, 42, "eth0", "egress", "arp", "other", "other");
              families.addLink(state(link("tc_classifier_prog", LinkMode.TCX), true, program(8, TC, 0)));
            }));
    String https = "class='https',direction='ingress',interface='eth0',network='ipv4',transport='tcp'";
    String arp = "class='other',direction='egress',interface='eth0',network='arp',transport='other'";
    assertThat(series())
        .containsExactlyInAnyOrder(
            line("tc_packets_total", https, "3.0"),
            line("tc_bytes_total", https, "180.0"),
            line("tc_packets_total", arp, "1.0"),
            line("tc_bytes_total", arp, "42.0"),
            line("program_attached", "interface='eth0',mode='tcx',program='tc_classifier_prog'", "1.0"),
            line("program_info", "id='8',program='tc_classifier_prog',tag='" + TAG + "',type='tc'", "1"));
  }

  @Test
  void sourcesOfTheSameLabelsBecomeOneSeries() {
    metrics.add(reading(EbpfMetricsTest::counter)).add(reading(EbpfMetricsTest::counter));
    assertThat(series())
        .doesNotHaveDuplicates()
        .contains(
            line("xdp_packets_total", "interface='eth0'", "20.0"),
            line("xdp_bytes_total", "interface='eth0'", "1280.0"),
            line("program_attached", "interface='eth0',mode='native',program='xdp_counter_prog'", "1.0"));
  }

  @Test
  void ofSeveralLinksOfAProgramTheWorstIsTold() {
    for (boolean attached : new boolean[] {true, false, true}) {
      metrics.add(
          reading(f -> f.addLink(state(link("tc_classifier_prog", LinkMode.CLSACT), attached, program(9, TC, 0)))));
    }
    assertThat(series())
        .contains(line("program_attached", "interface='eth0',mode='clsact',program='tc_classifier_prog'", "0.0"));
  }

  @Test
  void runsAreShownOnlyWhereTheKernelCountsThemAndAddUp() {
    metrics.add(reading(f -> f.addLink(state(link("xdp_counter_prog", LinkMode.GENERIC), true, program(1, XDP, 0)))));
    assertThat(series()).noneMatch(line -> line.contains("program_run"));
    metrics.add(reading(f -> f.addLink(state(link("xdp_counter_prog", LinkMode.NATIVE), true, program(2, XDP, 4)))));
    metrics.add(reading(f -> f.addLink(state(link("xdp_counter_prog", LinkMode.NATIVE), true, program(3, XDP, 6)))));
    assertThat(series())
        .contains(
            line("program_runs_total", "interface='eth0',program='xdp_counter_prog'", "10.0"),
            line("program_run_seconds_total", "interface='eth0',program='xdp_counter_prog'", "2.5"));
  }

  @Test
  void aSourceThatWasClosedVanishesAndTheOthersStay() {
    boolean[] closed = new boolean[1];
    metrics.add(
        source(
            () -> closed[0],
            () -> {
              if (closed[0]) {
                throw new IllegalStateException("BPF object 'xdp_counter.bpf.o' is closed");
              }
              return EbpfMetricsTest::counter;
            }));
    metrics.add(reading(f -> f.add(Family.XDP_PACKETS, 1, "eth1")));
    assertThat(series()).contains(line("xdp_packets_total", "interface='eth0'", "10.0"));
    closed[0] = true;
    assertThat(series()).containsExactly(line("xdp_packets_total", "interface='eth1'", "1.0"));
    closed[0] = false;
    assertThat(series()).as("it is forgotten").containsExactly(line("xdp_packets_total", "interface='eth1'", "1.0"));
  }

  @Test
  void aSourceThatFailsIsLeftOutAndTheOthersStay() {
    metrics.add(
        source(
            () -> false,
            () -> {
              throw new IllegalStateException("a bug");
            }));
    metrics.add(reading(f -> f.add(Family.XDP_PACKETS, 1, "eth1")));
    assertThat(series()).containsExactly(line("xdp_packets_total", "interface='eth1'", "1.0"));
  }

  @Test
  void figuresAreReadAtEachScrape() {
    int[] packets = new int[1];
    metrics.add(
        source(
            () -> false,
            () -> {
              int now = ++packets[0];
              return families -> families.add(Family.XDP_PACKETS, now, "eth0");
            }));
    assertThat(packets[0]).isZero();
    assertThat(series()).containsExactly(line("xdp_packets_total", "interface='eth0'", "1.0"));
    assertThat(series()).containsExactly(line("xdp_packets_total", "interface='eth0'", "2.0"));
  }

  @Test
  void aSecondOneOfTheSameRegistryIsRefusedAndLeavesItAsItWas() {
    metrics.add(reading(EbpfMetricsTest::counter));
    String before = page();
    assertThatIllegalArgumentException().isThrownBy(() -> EbpfMetrics.register(registry));
    assertThat(page()).isEqualTo(before);
  }

  @Test
  void closingTakesThemOutAndMakesRoomForOthers() {
    metrics.add(reading(EbpfMetricsTest::counter));
    metrics.close();
    metrics.close();
    assertThat(page()).isEmpty();
    try (EbpfMetrics next = EbpfMetrics.register(registry)) {
      next.add(reading(EbpfMetricsTest::counter));
      // Closing the first once more must not take the next one out.
      metrics.close();
      assertThat(series()).contains(line("xdp_packets_total", "interface='eth0'", "10.0"));
    }
  }

  @Test
  void aLinkThatWasClosedIsNotAttached() {
    BpfLink link = link("xdp_counter_prog", LinkMode.NATIVE);
    link.close();
    assertThat(LinkState.of(link, program(1, XDP, 0)).attached()).isFalse();
  }

  private static void counter(Families families) {
    families.add(Family.XDP_PACKETS, 10, "eth0");
    families.add(Family.XDP_BYTES, 640, "eth0");
    families.addLink(state(link("xdp_counter_prog", LinkMode.NATIVE), true, program(7, XDP, 0)));
  }

  private static EbpfMetrics.Source reading(Consumer<Families> figures) {
    return source(() -> false, () -> figures);
  }

  private static EbpfMetrics.Source source(BooleanSupplier closed, Supplier<Consumer<Families>> reading) {
    return new EbpfMetrics.Source() {
      @Override
      public Consumer<Families> read() {
        return reading.get();
      }

      @Override
      public boolean isClosed() {
        return closed.getAsBoolean();
      }
    };
  }

  private static LinkState state(BpfLink link, boolean attached, ProgramInfo program) {
    return new LinkState(link, attached, program);
  }

  private static BpfLink link(String program, LinkMode mode) {
    return Links.of(program, "eth0", mode);
  }

  /** Each run took a quarter of a second. */
  private static ProgramInfo program(int id, int type, long runs) {
    return new ProgramInfo(id, type, "cut_to_15_bytes", TAG, 10, 100, runs, Duration.ofMillis(250 * runs));
  }

  private static String line(String name, String labels, String value) {
    return "x0tta6bl4_ebpf_" + name + "{" + labels.replace('\'', '"') + "} " + value;
  }

  private List<String> series() {
    return page().lines().filter(line -> !line.startsWith("#")).toList();
  }

  private String page() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(UTF_8);
  }
}
