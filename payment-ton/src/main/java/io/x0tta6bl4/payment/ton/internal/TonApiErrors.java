package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.http.ErrorClassifier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What tonapi means by its errors
 * (<a href="https://docs.tonconsole.com/tonapi/rest-api/rate-limits">rate limits</a>): 429 without a wait, which is four
 * seconds without a key.
 */
final class TonApiErrors implements ErrorClassifier {

  private static final Duration WAIT_WITHOUT_KEY = Duration.ofSeconds(4);
  private static final Duration WAIT_WITH_KEY = Duration.ofSeconds(1);

  /** A transaction has a field of that name, and so has the answer of a get method. */
  @Override
  public boolean takesUnsuccessForAnError() {
    return false;
  }

  @Override
  public @Nullable PaymentException classify(int status, String errorText, boolean withKey) {
    return status == 429
        ? new RateLimitedException(TonApi.ID, errorText, withKey ? WAIT_WITH_KEY : WAIT_WITHOUT_KEY, status)
        : null;
  }
}
