package io.x0tta6bl4.payment.http;

import io.x0tta6bl4.payment.PaymentException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a provider's answer means, by its body as well as by its status. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ErrorClassifier {

  /**
   * Classifies an answer.
   *
   * @param status the HTTP status, also 200: some providers answer errors with it
   * @param errorText the text that the body gives for its error, or its beginning where it is no JSON; empty if there is
   *     none; printable, at most 200 characters, without the key
   * @param withKey whether the request carried a key
   * @return the error, or {@code null} to let the client judge by the status alone (and to take a 200 for a success)
   */
  @Nullable PaymentException classify(int status, String errorText, boolean withKey);

  /**
   * Classifies an answer by more than its error text, where a provider says more. Called in place of the other method.
   *
   * @param response the whole answer; unchecked, and its body may hold the key
   * @param errorText as for the other method, to which this one goes by default
   * @param withKey whether the request carried a key
   * @return the error, or {@code null} as from the other method
   */
  default @Nullable PaymentException classify(ApiResponse response, String errorText, boolean withKey) {
    return classify(response.status(), errorText, withKey);
  }

  /**
   * Tells whether {@code "success": false} in an answer with the status 200 means that the request failed.
   *
   * @return {@code true} by default; {@code false} where answers have such a field of their own
   */
  default boolean takesUnsuccessForAnError() {
    return true;
  }
}
