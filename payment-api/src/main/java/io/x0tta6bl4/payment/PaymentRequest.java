package io.x0tta6bl4.payment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a shop expects to be paid for one order. Immutable and thread-safe; made by {@link #builder}.
 *
 * @since 0.1.0
 */
public final class PaymentRequest {

  /** The tolerance where none is given: one per cent, both ways. */
  public static final BigDecimal DEFAULT_TOLERANCE = new BigDecimal("0.01");

  /** The maximum age where none is given. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(24);

  /** The longest maximum age: beyond it no provider's listing is practical. */
  public static final Duration LONGEST_MAX_AGE = Duration.ofDays(366);

  private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9._:-]{3,64}");
  private static final int MAX_TOLERANCE_SCALE = 18;

  private final String orderId;
  private final String recipient;
  private final Amount amount;
  private final MatchMode matchMode;
  private final BigDecimal tolerance;
  private final BigInteger slack;
  private final Duration maxAge;
  private final @Nullable Instant notBefore;
  private final boolean acceptsOverpayment;
  private final boolean addsUp;
  private final boolean acceptsCreditedButFailed;

  private PaymentRequest(Builder builder, BigDecimal tolerance) {
    this.orderId = builder.orderId;
    this.recipient = builder.recipient;
    this.amount = builder.amount;
    this.matchMode = builder.matchMode;
    this.tolerance = tolerance;
    this.slack = new BigDecimal(amount.units()).multiply(tolerance).toBigInteger();
    this.maxAge = builder.maxAge;
    this.notBefore = builder.notBefore;
    this.acceptsOverpayment = builder.acceptsOverpayment;
    this.addsUp = builder.addsUp && matchMode != MatchMode.AMOUNT;
    this.acceptsCreditedButFailed = builder.acceptsCreditedButFailed;
  }

  /**
   * Starts a request with the defaults: recognised by memo, 1 % tolerance, at most 24 hours old, over-payment rejected,
   * several transfers add up.
   *
   * @param orderId the order, 3 to 64 characters of {@code [A-Za-z0-9._:-]}; the memo that the payer must give
   * @param recipient the wallet to be paid, in any spelling of its chain; the verifier checks it
   * @param amount what is to be paid, more than 0
   * @return a builder
   */
  public static Builder builder(String orderId, String recipient, Amount amount) {
    return new Builder(orderId, recipient, amount);
  }

  /**
   * Starts a request with the parts of another one.
   *
   * @param existing the other request
   * @return a builder
   */
  public static Builder builder(PaymentRequest existing) {
    Builder builder =
        new Builder(existing.orderId, existing.recipient, existing.amount)
            .matchMode(existing.matchMode)
            .maxAge(existing.maxAge)
            .acceptOverpayment(existing.acceptsOverpayment)
            .addUp(existing.addsUp)
            .acceptCreditedButFailed(existing.acceptsCreditedButFailed);
    builder.tolerance = existing.matchMode == MatchMode.AMOUNT ? null : existing.tolerance;
    builder.notBefore = existing.notBefore;
    return builder;
  }

  /**
   * Gives the order's id.
   *
   * @return 3 to 64 characters of {@code [A-Za-z0-9._:-]}
   */
  public String orderId() {
    return orderId;
  }

  /**
   * Gives the wallet to be paid, as the caller spelled it.
   *
   * @return an address
   */
  public String recipient() {
    return recipient;
  }

  /**
   * Gives what is to be paid.
   *
   * @return more than 0
   */
  public Amount amount() {
    return amount;
  }

  /**
   * Gives the asset to be paid with.
   *
   * @return the asset of {@link #amount()}
   */
  public Asset asset() {
    return amount.asset();
  }

  /**
   * Tells how a transfer is recognised as this order's.
   *
   * @return the mode
   */
  public MatchMode matchMode() {
    return matchMode;
  }

  /**
   * Gives the tolerated difference as a fraction of the amount.
   *
   * @return at least 0 and less than 1; 0 in {@link MatchMode#AMOUNT}
   */
  public BigDecimal tolerance() {
    return tolerance;
  }

  /**
   * Gives the smallest amount that is enough: the amount less the tolerance, rounded in the shop's favour.
   *
   * @return atomic units, more than 0
   */
  public BigInteger leastUnits() {
    return amount.units().subtract(slack);
  }

  /**
   * Gives the largest amount that is not an over-payment.
   *
   * @return atomic units
   */
  public BigInteger mostUnits() {
    return amount.units().add(slack);
  }

  /**
   * Gives how old the block of a payment may be; exactly this age is accepted.
   *
   * @return more than 0
   */
  public Duration maxAge() {
    return maxAge;
  }

  /**
   * Gives the instant of the order, before which no payment counts.
   *
   * @return the instant, if one was given
   */
  public Optional<Instant> notBefore() {
    return Optional.ofNullable(notBefore);
  }

  /**
   * Tells whether more than the amount is accepted.
   *
   * @return {@code false} by default
   */
  public boolean acceptsOverpayment() {
    return acceptsOverpayment;
  }

  /**
   * Tells whether several transfers may make up the amount together.
   *
   * @return {@code true} by default; always {@code false} in {@link MatchMode#AMOUNT}
   */
  public boolean addsUp() {
    return addsUp;
  }

  /**
   * Tells whether money counts that is there though its transaction says that it failed (TON).
   *
   * @return {@code false} by default
   */
  public boolean acceptsCreditedButFailed() {
    return acceptsCreditedButFailed;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PaymentRequest that
        && orderId.equals(that.orderId)
        && recipient.equals(that.recipient)
        && amount.equals(that.amount)
        && matchMode == that.matchMode
        && tolerance.compareTo(that.tolerance) == 0
        && maxAge.equals(that.maxAge)
        && Objects.equals(notBefore, that.notBefore)
        && acceptsOverpayment == that.acceptsOverpayment
        && addsUp == that.addsUp
        && acceptsCreditedButFailed == that.acceptsCreditedButFailed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(orderId, recipient, amount, matchMode, maxAge, notBefore);
  }

  @Override
  public String toString() {
    return "PaymentRequest[" + orderId + ": " + amount + " to " + recipient + " by " + matchMode + "]";
  }

  /** Collects the parts of a {@link PaymentRequest}. Not thread-safe. */
  public static final class Builder {
    private final String orderId;
    private String recipient;
    private Amount amount;
    private MatchMode matchMode = MatchMode.MEMO;
    private @Nullable BigDecimal tolerance;
    private Duration maxAge = DEFAULT_MAX_AGE;
    private @Nullable Instant notBefore;
    private boolean acceptsOverpayment;
    private boolean addsUp = true;
    private boolean acceptsCreditedButFailed;

    private Builder(String orderId, String recipient, Amount amount) {
      this.orderId = orderId;
      this.recipient = recipient;
      this.amount = amount;
    }

    /**
     * Sets the wallet to be paid.
     *
     * @param address any spelling of its chain
     * @return this
     */
    public Builder recipient(String address) {
      this.recipient = address;
      return this;
    }

    /**
     * Sets what is to be paid.
     *
     * @param expected more than 0
     * @return this
     */
    public Builder amount(Amount expected) {
      this.amount = expected;
      return this;
    }

    /**
     * Sets how a transfer is recognised; by memo if not called. By amount there is no tolerance: one that was set, or that came with an
     * existing request, is refused by {@link #build}.
     *
     * @param mode the mode
     * @return this
     */
    public Builder matchMode(MatchMode mode) {
      this.matchMode = mode;
      return this;
    }

    /**
     * Sets the tolerated difference, both ways; 1 % if not called.
     *
     * @param fraction at least 0 and less than 1, with at most 18 decimals
     * @return this
     */
    public Builder tolerance(BigDecimal fraction) {
      this.tolerance = fraction;
      return this;
    }

    /**
     * Sets how old the block of a payment may be; 24 hours if not called.
     *
     * @param age more than 0, at most 366 days
     * @return this
     */
    public Builder maxAge(Duration age) {
      this.maxAge = age;
      return this;
    }

    /**
     * Sets the instant of the order: a payment in an earlier block does not count.
     *
     * @param instant when the order was made
     * @return this
     */
    public Builder notBefore(Instant instant) {
      this.notBefore = instant;
      return this;
    }

    /**
     * Sets whether more than the amount is accepted; no if not called.
     *
     * @param accept {@code true} to accept
     * @return this
     */
    public Builder acceptOverpayment(boolean accept) {
      this.acceptsOverpayment = accept;
      return this;
    }

    /**
     * Sets whether several transfers may make up the amount together; yes if not called, never by unique amount.
     *
     * @param addUp {@code false} to demand one transfer
     * @return this
     */
    public Builder addUp(boolean addUp) {
      this.addsUp = addUp;
      return this;
    }

    /**
     * Sets whether money counts that is there though its transaction says that it failed (TON); no if not called.
     *
     * @param accept {@code true} to accept
     * @return this
     */
    public Builder acceptCreditedButFailed(boolean accept) {
      this.acceptsCreditedButFailed = accept;
      return this;
    }

    /**
     * Checks the parts and makes the request.
     *
     * @return the request
     * @throws IllegalArgumentException if a part is outside its range; the message names the value and the range
     */
    public PaymentRequest build() {
      if (!ORDER_ID.matcher(orderId).matches()) {
        throw invalid("order id", orderId, "3 to 64 characters of [A-Za-z0-9._:-]");
      }
      if (recipient.isBlank()) {
        throw invalid("recipient", recipient, "an address");
      }
      if (amount.units().signum() == 0) {
        throw invalid("amount", amount.toString(), "more than 0");
      }
      if (maxAge.isNegative() || maxAge.isZero() || maxAge.compareTo(LONGEST_MAX_AGE) > 0) {
        throw invalid("maximum age", maxAge.toString(), "more than PT0S and at most " + LONGEST_MAX_AGE);
      }
      return new PaymentRequest(this, checkedTolerance());
    }

    private BigDecimal checkedTolerance() {
      if (matchMode == MatchMode.AMOUNT) {
        if (tolerance != null) {
          throw invalid("tolerance", tolerance.toString(), "none, since a unique amount must be met exactly");
        }
        return BigDecimal.ZERO;
      }
      if (tolerance == null) {
        return DEFAULT_TOLERANCE;
      }
      if (tolerance.signum() < 0
          || tolerance.compareTo(BigDecimal.ONE) >= 0
          || tolerance.scale() > MAX_TOLERANCE_SCALE) {
        throw invalid(
            "tolerance",
            tolerance.toString(),
            "a fraction of at least 0 and less than 1, with at most " + MAX_TOLERANCE_SCALE + " decimals");
      }
      return tolerance;
    }

    private static IllegalArgumentException invalid(String what, String value, String expected) {
      String shown = value.length() <= 90 ? value : value.substring(0, 90) + "...";
      return new IllegalArgumentException(what + " '" + shown + "': expected " + expected);
    }
  }
}
