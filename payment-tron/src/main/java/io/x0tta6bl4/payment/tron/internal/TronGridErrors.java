package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.http.ErrorClassifier;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What TronGrid and java-tron mean by their errors: TronGrid tells its block time in the text and in no header, java-tron
 * answers errors with the status 200
 * (<a href="https://developers.tron.network/reference/rate-limits">rate limits</a>,
 * <a href="https://tronprotocol.github.io/documentation-en/api/http/">java-tron HTTP API</a>).
 */
final class TronGridErrors implements ErrorClassifier {

  /** What TronGrid blocks for where it does not say. */
  private static final Duration DEFAULT_SUSPENSION = Duration.ofSeconds(30);

  private static final Pattern SUSPENDED = Pattern.compile("suspended for ([0-9]{1,5}) ?s");

  @Override
  public @Nullable PaymentException classify(int status, String errorText, boolean withKey) {
    String text = errorText.toLowerCase(Locale.ROOT);
    Matcher suspended = SUSPENDED.matcher(text);
    if (suspended.find()) {
      return new RateLimitedException(
          TronGrid.ID, errorText, Duration.ofSeconds(Long.parseLong(suspended.group(1))), status);
    }
    if (text.contains("exceeds the frequency limit") || (status == 403 && !withKey)) {
      return new RateLimitedException(TronGrid.ID, errorText, DEFAULT_SUSPENSION, status);
    }
    if (text.contains("lite fullnode") || text.contains("unavailable due to config")) {
      return new ProviderUnavailableException(
          TronGrid.ID, "this node does not serve the request, choose another base URL: " + errorText, false, status);
    }
    return null;
  }
}
