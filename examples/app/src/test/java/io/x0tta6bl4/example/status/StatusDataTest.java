package io.x0tta6bl4.example.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.ebpf.net.Counts;
import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.testkit.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the status page is made of. */
class StatusDataTest {

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T01:00:00Z"));

  @Test
  void countsTheRequestsOfFiveMinutes() {
    ProviderHealth health = new ProviderHealth(clock);
    health.requestDone("trongrid", "/x", "ok", Duration.ZERO);
    health.requestDone("trongrid", "/x", "rate_limited", Duration.ZERO);
    Status.Provider provider = health.providers().getFirst();
    assertThat(provider.requests()).isEqualTo(2);
    assertThat(provider.failures()).isEqualTo(1);
    assertThat(provider.lastOutcome()).isEqualTo("rate_limited");
    clock.advance(Duration.ofMinutes(4));
    health.requestDone("trongrid", "/x", "ok", Duration.ZERO);
    assertThat(health.providers().getFirst().requests()).isEqualTo(3);
    assertThat(health.providers().getFirst().isWell()).isTrue();
    clock.advance(Duration.ofMinutes(4));
    assertThat(health.providers().getFirst().requests()).isEqualTo(1);
    health.requestDone("trongrid", "/x", "failed", Duration.ZERO);
    assertThat(health.providers().getFirst().isWell()).isFalse();
  }

  @Test
  void tellsHowFarAWalletIsRead() {
    ProviderHealth health = new ProviderHealth(clock);
    Wallet wallet = new Wallet("tron", null, "T1");
    health.scanned(wallet, "failed", Duration.ZERO, null);
    assertThat(health.scans().getFirst().lag()).isNull();
    health.scanned(wallet, "whole", Duration.ZERO, clock.instant());
    clock.advance(Duration.ofSeconds(7));
    assertThat(health.scans().getFirst().lag()).isEqualTo(Duration.ofSeconds(7));
    health.unwatched(wallet);
    assertThat(health.scans()).isEmpty();
  }

  @Test
  void makesRatesOfCounters() {
    Deque<Map<String, Counts>> readings = new ArrayDeque<>();
    readings.add(Map.of("http", new Counts(100, 1)));
    readings.add(Map.of("http", new Counts(120, 1), "dns", new Counts(4, 1)));
    readings.add(Map.of("http", new Counts(10, 1)));
    TrafficHistory history = new TrafficHistory(readings::pop);
    history.sample();
    assertThat(history.flow().packets()).isEmpty();
    history.sample();
    history.sample();
    assertThat(history.flow().packets()).containsExactlyInAnyOrderEntriesOf(
        Map.of("http", List.of(10L, 0L), "dns", List.of(2L, 0L)));
  }

  @Test
  void drawsTheLargestClassesAndTheRestTogether() {
    Deque<Map<String, Counts>> readings = new ArrayDeque<>();
    Map<String, Counts> after = new HashMap<>();
    for (int i = 1; i <= 9; i++) {
      after.put("class" + i, new Counts(i * 20L, 0));
    }
    readings.add(Map.of("class1", Counts.NONE));
    readings.add(after);
    TrafficHistory history = new TrafficHistory(readings::pop);
    history.sample();
    history.sample();
    assertThat(history.flow().packets().keySet()).containsExactly("class9", "class8", "class7", "class6", "class5", "class4", "rest");
    assertThat(history.flow().packets()).containsEntry("rest", List.of(60L));
  }

  @Test
  void saysWhyThereIsNoTraffic() {
    TrafficHistory history = new TrafficHistory(Traffic.none("CAP_BPF is missing"));
    history.sample();
    assertThat(history.flow().whyNot()).isEqualTo("CAP_BPF is missing");
    assertThat(TrafficChart.of(history.flow()).toString()).contains("Not counted: CAP_BPF is missing.");
  }

  @Test
  void readsTheMetricsOfAnObserver() {
    String text =
        """
        # TYPE x0tta6bl4_ebpf_tc_packets_total counter
        x0tta6bl4_ebpf_tc_packets_total{class="https",direction="egress",interface="eth0",network="ipv4",transport="tcp"} 10.0
        x0tta6bl4_ebpf_tc_packets_total{class="https",direction="ingress",interface="eth0",network="ipv6",transport="tcp"} 5.0
        x0tta6bl4_ebpf_tc_bytes_total{class="https",direction="ingress",interface="eth0",network="ipv6",transport="tcp"} 1.5E3
        x0tta6bl4_ebpf_tc_packets_total{class="other",direction="ingress",interface="eth0",network="ipv4",transport="udp"} 7
        x0tta6bl4_ebpf_xdp_packets_total{interface="eth0"} 99
        x0tta6bl4_ebpf_tc_packets_total{class="<script>",transport="tcp"} 1
        x0tta6bl4_ebpf_tc_packets_total{broken 1
        """;
    assertThat(TrafficMetrics.parse(text))
        .containsEntry("https", new Counts(15, 1500))
        .containsEntry("udp", new Counts(7, 0))
        .hasSize(3)
        .doesNotContainKey("<script>");
  }

  @Test
  void escapesWhatIsNotItsOwn() {
    String html = TrafficChart.of(new Status.Flow(null, Duration.ofSeconds(2), Map.of("<b>", List.of(1L)))).toString();
    assertThat(html).contains("&lt;b&gt;").doesNotContain("<b>");
  }

  @Test
  void knowsThatAReadingFailed() {
    Deque<Map<String, Counts>> readings = new ArrayDeque<>();
    TrafficHistory history =
        new TrafficHistory(
            () -> {
              if (readings.isEmpty()) {
                throw new IOException("gone");
              }
              return readings.pop();
            });
    readings.add(Map.of());
    history.sample();
    assertThat(history.flow().whyNot()).isNull();
    history.sample();
    assertThat(history.flow().whyNot()).isEqualTo("gone");
  }
}
