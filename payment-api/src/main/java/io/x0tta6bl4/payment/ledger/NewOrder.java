package io.x0tta6bl4.payment.ledger;

import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.PaymentRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order that is to be opened. Immutable and thread-safe; made by {@link #builder}.
 *
 * @since 0.1.0
 */
public final class NewOrder {

  /** How long a buyer has where nothing else is said. */
  public static final Duration DEFAULT_EXPIRY = Duration.ofHours(1);

  /** How long after its expiry an order is still watched for late and further payments where nothing else is said. */
  public static final Duration DEFAULT_AFTERCARE = Duration.ofHours(24);

  private static final Duration LONGEST = PaymentRequest.LONGEST_MAX_AGE;

  private final PaymentRequest request;
  private final Duration expiry;
  private final Duration aftercare;
  private final @Nullable UniqueAmounts uniqueAmounts;

  private NewOrder(Builder builder) {
    this.request = builder.request;
    this.expiry = builder.expiry;
    this.aftercare = builder.aftercare;
    this.uniqueAmounts = builder.uniqueAmounts;
  }

  /**
   * Makes an order with the defaults: an hour to pay, watched for a day longer.
   *
   * @param request what is expected; the recipient in the chain's canonical spelling
   * @return the order
   */
  public static NewOrder of(PaymentRequest request) {
    return builder(request).build();
  }

  /**
   * Starts an order.
   *
   * @param request what is expected; the recipient in the chain's canonical spelling
   * @return a builder
   */
  public static Builder builder(PaymentRequest request) {
    return new Builder(request);
  }

  /**
   * Gives what is expected.
   *
   * @return the request
   */
  public PaymentRequest request() {
    return request;
  }

  /**
   * Gives how long the buyer has.
   *
   * @return more than 0
   */
  public Duration expiry() {
    return expiry;
  }

  /**
   * Gives how long after its expiry the order is still watched.
   *
   * @return 0 or more
   */
  public Duration aftercare() {
    return aftercare;
  }

  /**
   * Tells whether the ledger chooses the amount.
   *
   * @return how it chooses; empty if the request's amount stands
   */
  public Optional<UniqueAmounts> uniqueAmounts() {
    return Optional.ofNullable(uniqueAmounts);
  }

  /**
   * Gives the same order for another request, for instance with its recipient spelled canonically.
   *
   * @param other the request
   * @return a copy with the request
   */
  public NewOrder withRequest(PaymentRequest other) {
    Builder builder = builder(other).expiry(expiry).aftercare(aftercare);
    return uniqueAmounts == null ? builder.build() : builder.uniqueAmounts(uniqueAmounts).build();
  }

  @Override
  public String toString() {
    return "NewOrder[" + request + ", expires in " + expiry + "]";
  }

  /** Collects the parts of a {@link NewOrder}. Not thread-safe. */
  public static final class Builder {
    private final PaymentRequest request;
    private Duration expiry = DEFAULT_EXPIRY;
    private Duration aftercare = DEFAULT_AFTERCARE;
    private @Nullable UniqueAmounts uniqueAmounts;

    private Builder(PaymentRequest request) {
      this.request = request;
    }

    /**
     * Sets how long the buyer has; an hour if not called.
     *
     * @param duration more than 0, at most 366 days
     * @return this
     */
    public Builder expiry(Duration duration) {
      expiry = duration;
      return this;
    }

    /**
     * Sets how long after its expiry the order is still watched for late and further payments; a day if not called. A unique
     * amount is given to nobody else for as long, nor while the order is open.
     *
     * @param duration 0 or more, at most 366 days
     * @return this
     */
    public Builder aftercare(Duration duration) {
      aftercare = duration;
      return this;
    }

    /**
     * Lets the ledger choose an amount near the request's that no other order of the wallet has.
     *
     * @param how steps and direction
     * @return this
     */
    public Builder uniqueAmounts(UniqueAmounts how) {
      uniqueAmounts = how;
      return this;
    }

    /**
     * Checks the parts and makes the order.
     *
     * @return the order
     * @throws IllegalArgumentException if a part is outside its range; the message names the value and the range
     */
    public NewOrder build() {
      if (expiry.isNegative() || expiry.isZero() || expiry.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("expiry " + expiry + ": expected more than PT0S and at most " + LONGEST);
      }
      if (aftercare.isNegative() || aftercare.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("aftercare " + aftercare + ": expected PT0S to " + LONGEST);
      }
      if (uniqueAmounts != null && request.matchMode() != MatchMode.AMOUNT) {
        throw new IllegalArgumentException(
            "match mode " + request.matchMode() + ": expected AMOUNT, since a unique amount is asked for");
      }
      return new NewOrder(this);
    }
  }
}
