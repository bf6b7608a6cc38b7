package io.x0tta6bl4.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.x0tta6bl4.simulator.telegram.FakeTelegram.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTelegramMetrics metrics = PrometheusTelegramMetrics.register(registry);

  private String scrape() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
      return out.toString(UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void showWhatTheBotDoes() throws Exception {
    ShopRig shop = new ShopRig(builder -> builder.observer(metrics)).withWebhook();
    shop.open("ORD-1", "25");
    shop.start(7, "en", "ORD-1");
    shop.telegram.retryAfter(9);
    shop.telegram.fail("sendMessage", Fault.TOO_MANY);
    shop.pay("25").memo("ORD-1").submit();
    shop.tell();
    shop.run(Duration.ofSeconds(2));
    assertThat(scrape())
        .contains("x0tta6bl4_telegram_queue_posts 2.0", "x0tta6bl4_telegram_retry_after_seconds_total 9.0")
        .containsPattern("x0tta6bl4_telegram_queue_oldest_seconds [12]\\.0");
    shop.run(Duration.ofSeconds(20));
    assertThat(scrape())
        .contains(
            "x0tta6bl4_telegram_updates_total{outcome=\"stored\",way=\"webhook\"} 1.0",
            "x0tta6bl4_telegram_updates_handled_total{outcome=\"handled\"} 1.0",
            "x0tta6bl4_telegram_posts_total{how=\"sent\",kind=\"status\"} 1.0",
            "x0tta6bl4_telegram_posts_total{how=\"sent\",kind=\"bell\"} 1.0",
            "x0tta6bl4_telegram_posts_total{how=\"edited\",kind=\"status\"} 1.0",
            "x0tta6bl4_telegram_post_failures_total{failure=\"too_many_requests\",kind=\"bell\"} 1.0",
            "x0tta6bl4_telegram_queue_posts 0.0",
            "x0tta6bl4_telegram_post_age_seconds_count{kind=\"bell\"} 1");
  }

  @Test
  void showDuplicatesAndRefusals() {
    metrics.received("webhook", "duplicate");
    metrics.received("polling", "refused");
    metrics.requestDone("telegram", "/getUpdates", "ok", Duration.ofMillis(20));
    assertThat(scrape())
        .contains(
            "x0tta6bl4_telegram_updates_total{outcome=\"duplicate\",way=\"webhook\"} 1.0",
            "x0tta6bl4_telegram_requests_total{method=\"getUpdates\",outcome=\"ok\"} 1.0");
  }

  @Test
  void areRegisteredOnceAndTakenOutAgain() {
    assertThatThrownBy(() -> PrometheusTelegramMetrics.register(registry)).isInstanceOf(IllegalArgumentException.class);
    metrics.close();
    metrics.close();
    assertThat(scrape()).isEmpty();
    PrometheusTelegramMetrics.register(registry).close();
  }
}
