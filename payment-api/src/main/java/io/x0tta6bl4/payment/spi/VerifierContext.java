package io.x0tta6bl4.payment.spi;

import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import java.time.Clock;

/**
 * What a verifier is made of beside its provider's own code. Implementations are thread-safe; new methods come with defaults.
 *
 * @since 0.1.0
 */
public interface VerifierContext {

  /**
   * Gives the settings.
   *
   * @return the options
   */
  VerifierOptions options();

  /**
   * Gives the clock that dates are judged by.
   *
   * @return the system's clock by default
   */
  default Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * Gives the time that waits and deadlines are measured by.
   *
   * @return the system's by default
   */
  default Ticker ticker() {
    return Ticker.system();
  }

  /**
   * Gives who is told what happens, for metrics.
   *
   * @return nobody by default
   */
  default PaymentObserver observer() {
    return PaymentObserver.NONE;
  }

  /**
   * Makes a context with the system's clock and ticker.
   *
   * @param options the settings
   * @return a context
   */
  static VerifierContext of(VerifierOptions options) {
    return () -> options;
  }

  /**
   * Makes a context with its own clock.
   *
   * @param options the settings
   * @param clock what dates are judged by
   * @return a context
   */
  static VerifierContext of(VerifierOptions options, Clock clock) {
    return of(options, clock, Ticker.system());
  }

  /**
   * Makes a context with its own clock and ticker.
   *
   * @param options the settings
   * @param clock what dates are judged by
   * @param ticker what waits and deadlines are measured by
   * @return a context
   */
  static VerifierContext of(VerifierOptions options, Clock clock, Ticker ticker) {
    record Fixed(VerifierOptions options, Clock clock, Ticker ticker) implements VerifierContext {}
    return new Fixed(options, clock, ticker);
  }

  /**
   * Makes a context like this one that tells an observer.
   *
   * @param observer who is told
   * @return a context
   */
  default VerifierContext observedBy(PaymentObserver observer) {
    record Observed(VerifierOptions options, Clock clock, Ticker ticker, PaymentObserver observer)
        implements VerifierContext {}
    return new Observed(options(), clock(), ticker(), observer);
  }
}
