package io.x0tta6bl4.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaymentExceptionTest {

  @Test
  void aRefusalOfTheLimitSaysHowLongToWait() {
    RateLimitedException e = new RateLimitedException("tron", "slow down", Duration.ofSeconds(5), 429);

    assertThat(e).hasMessage("tron: slow down (HTTP 429), retry after PT5S");
    assertThat(e.providerId()).isEqualTo("tron");
    assertThat(e.retryable()).isTrue();
    assertThat(e.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(e.httpStatus()).hasValue(429);
  }

  @Test
  void whatFailedBelowHttpHasNoStatus() {
    IOException cause = new IOException("reset");
    ProviderUnavailableException e = new ProviderUnavailableException("ton", "no whole answer", true, cause);

    assertThat(e).hasMessage("ton: no whole answer").hasCause(cause);
    assertThat(e.retryable()).isTrue();
    assertThat(e.retryAfter()).isEmpty();
    assertThat(e.httpStatus()).isEmpty();
  }

  @Test
  void anUnavailableProviderMaySayWhenToAskAgain() {
    ProviderUnavailableException e = new ProviderUnavailableException("ton", "left alone", Duration.ofSeconds(4));

    assertThat(e).hasMessage("ton: left alone, retry after PT4S");
    assertThat(e.retryable()).isTrue();
    assertThat(e.retryAfter()).contains(Duration.ofSeconds(4));
  }

  @Test
  void aRefusedKeyIsNotTriedAgain() {
    UnauthorizedException e = new UnauthorizedException("tron", "no such key", 401);

    assertThat(e).hasMessage("tron: no such key (HTTP 401)");
    assertThat(e.retryable()).isFalse();
  }

  @Test
  void aMalformedAnswerMayComeRightTheNextTime() {
    assertThat(new MalformedReplyException("tron", "$.data is 7: expected an array", null).retryable()).isTrue();
  }
}
