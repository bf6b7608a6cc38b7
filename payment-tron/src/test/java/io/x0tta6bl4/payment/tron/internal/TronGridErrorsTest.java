package io.x0tta6bl4.payment.tron.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.tron.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TronGridErrorsTest {

  private final TronGridErrors errors = new TronGridErrors();

  @Test
  void row72_readsHowLongTheKeyIsSuspended() {
    String storm = Fixtures.tree("error-429-suspended.json").get("Error").textValue();
    assertRateLimited(errors.classify(429, storm, true), Duration.ofSeconds(27), 429);
    String documented = Fixtures.tree("error-403-suspended.json").get("error").textValue();
    assertRateLimited(errors.classify(403, documented, true), Duration.ofSeconds(30), 403);
    assertRateLimited(errors.classify(200, "SUSPENDED FOR 5S", true), Duration.ofSeconds(5), 200);
  }

  @Test
  void row72_waitsThirtySecondsWhereNoTimeIsTold() {
    assertRateLimited(errors.classify(429, "The key exceeds the frequency limit(15)", true), Duration.ofSeconds(30), 429);
    assertRateLimited(errors.classify(403, "", false), Duration.ofSeconds(30), 403);
  }

  @Test
  void leavesA403WithAKeyToTheStatus() {
    assertThat(errors.classify(403, "invalid key", true)).isNull();
  }

  @Test
  void aNodeThatDoesNotServeTheRequestIsNotAskedAgain() {
    for (String text : new String[] {
      Fixtures.text("error-200-lite-fullnode.txt").strip(),
      Fixtures.tree("error-404-api-disabled.json").get("Error").textValue()
    }) {
      assertThat(errors.classify(200, text, false))
          .isInstanceOf(ProviderUnavailableException.class)
          .satisfies(e -> assertThat(e.retryable()).isFalse())
          .hasMessageContaining("choose another base URL");
    }
  }

  @Test
  void anythingElseIsLeftToTheStatus() {
    assertThat(errors.classify(200, "", true)).isNull();
    assertThat(errors.classify(500, "suspended for ever", true)).isNull();
    assertThat(errors.classify(200, Fixtures.tree("error-200-lack-of-computing.json").get("Error").textValue(), true)).isNull();
    assertThat(errors.classify(400, Fixtures.tree("error-broadcast.gem.json").get("message").textValue(), true)).isNull();
  }

  private static void assertRateLimited(PaymentException e, Duration wait, int status) {
    assertThat(e).isInstanceOf(RateLimitedException.class);
    assertThat(e.retryAfter()).contains(wait);
    assertThat(e.httpStatus()).hasValue(status);
    assertThat(e.retryable()).isTrue();
  }
}
