package io.x0tta6bl4.example.status;

import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several observers as one. Thread-safe. */
public final class Observers implements PaymentObserver {

  private final List<PaymentObserver> all;

  /**
   * Joins them.
   *
   * @param observers all of whom are told
   */
  public Observers(PaymentObserver... observers) {
    all = List.of(observers);
  }

  private void each(Consumer<PaymentObserver> call) {
    all.forEach(call);
  }

  @Override
  public void requestDone(String provider, String endpoint, String outcome, Duration took) {
    each(observer -> observer.requestDone(provider, endpoint, outcome, took));
  }

  @Override
  public void retried(String provider, String endpoint) {
    each(observer -> observer.retried(provider, endpoint));
  }

  @Override
  public void limiterWaited(String provider, Duration waited) {
    each(observer -> observer.limiterWaited(provider, waited));
  }

  @Override
  public void verified(String chain, String outcome) {
    each(observer -> observer.verified(chain, outcome));
  }

  @Override
  public void scanned(Wallet wallet, String outcome, Duration took, @Nullable Instant readUntil) {
    each(observer -> observer.scanned(wallet, outcome, took, readUntil));
  }

  @Override
  public void unwatched(Wallet wallet) {
    each(observer -> observer.unwatched(wallet));
  }

  @Override
  public void claimed(String chain, String role) {
    each(observer -> observer.claimed(chain, role));
  }

  @Override
  public void toleranceUsed(String chain) {
    each(observer -> observer.toleranceUsed(chain));
  }

  @Override
  public void delivered(String listener, String outcome, Duration age) {
    each(observer -> observer.delivered(listener, outcome, age));
  }
}
