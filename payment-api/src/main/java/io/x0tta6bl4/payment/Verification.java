package io.x0tta6bl4.payment;

import io.x0tta6bl4.payment.internal.Transfers;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link PaymentRequest}: exactly one of six cases.
 *
 * <p>What the payer did ({@link Rejected}, {@link NotFound}) and what could not be found out ({@link Incomplete},
 * {@link Unavailable}) are different cases and never stand for each other. Only {@link Verified} is a reason to deliver.
 * Immutable and thread-safe. The set of cases is closed for a major version.
 *
 * @since 0.1.0
 */
public sealed interface Verification {

  /**
   * Gives the request that this answers.
   *
   * @return the request
   */
  PaymentRequest request();

  /**
   * Gives what a person should know beside the verdict, for instance rows of the provider that could not be read.
   *
   * @return plain sentences, possibly none; they may quote the provider, with harmful characters removed
   */
  List<String> notes();

  /**
   * Tells whether the payment is there, whole, final and in order.
   *
   * @return {@code true} for {@link Verified} only
   */
  default boolean isVerified() {
    return this instanceof Verified;
  }

  /**
   * Gives this answer as {@link Verified}.
   *
   * @return this, or empty if it is another case
   */
  default Optional<Verified> verified() {
    return this instanceof Verified verified ? Optional.of(verified) : Optional.empty();
  }

  /**
   * The payment is there, whole, final and in order.
   *
   * @param request the request
   * @param transfers what makes up the payment, in chain order; the last one completed it; never empty
   * @param surplus further final transfers of the same order, in chain order
   * @param notes see {@link Verification#notes()}
   */
  record Verified(PaymentRequest request, List<Transfer> transfers, List<Transfer> surplus, List<String> notes)
      implements Verification {

    /** Copies the lists. */
    public Verified {
      transfers = List.copyOf(transfers);
      surplus = List.copyOf(surplus);
      notes = List.copyOf(notes);
      if (transfers.isEmpty()) {
        throw new IllegalArgumentException("a verified payment has at least one transfer");
      }
    }

    /**
     * Gives what was paid, without the surplus.
     *
     * @return the sum of {@link #transfers()}
     */
    public Amount total() {
      return Transfers.total(request.asset(), transfers);
    }

    /**
     * Gives what was paid above the asked amount, be it within the tolerance.
     *
     * @return 0 or more
     */
    public Amount excess() {
      BigInteger above = total().units().subtract(request.amount().units());
      return new Amount(request.asset(), above.max(BigInteger.ZERO));
    }

    /**
     * Gives what further transfers of the order brought.
     *
     * @return the sum of {@link #surplus()}
     */
    public Amount surplusTotal() {
      return Transfers.total(request.asset(), surplus);
    }

    /**
     * Gives the transfer that completed the payment.
     *
     * @return the last of {@link #transfers()}
     */
    public Transfer completedBy() {
      return transfers.get(transfers.size() - 1);
    }
  }

  /**
   * The payment was seen and would do, but the chain can still take it back. Never deliver on it.
   *
   * @param request the request
   * @param transfers what was seen, in chain order; empty where the provider knows the transaction but not yet its effect
   * @param notes see {@link Verification#notes()}
   */
  record Pending(PaymentRequest request, List<Transfer> transfers, List<String> notes) implements Verification {

    /** Copies the lists. */
    public Pending {
      transfers = List.copyOf(transfers);
      notes = List.copyOf(notes);
    }

    /**
     * Gives what was seen.
     *
     * @return the sum of {@link #transfers()}
     */
    public Amount total() {
      return Transfers.total(request.asset(), transfers);
    }
  }

  /**
   * A candidate was found and does not do.
   *
   * @param request the request
   * @param reason why it does not
   * @param transfers the candidate, or the parts whose sum does not do, in chain order; empty only where nothing could be
   *     read ({@link Reason#MALFORMED}, {@link Reason#NOT_A_PAYMENT})
   * @param notes see {@link Verification#notes()}
   */
  record Rejected(PaymentRequest request, Reason reason, List<Transfer> transfers, List<String> notes)
      implements Verification {

    /** Copies the lists. */
    public Rejected {
      transfers = List.copyOf(transfers);
      notes = List.copyOf(notes);
    }

    /**
     * Gives the candidate.
     *
     * @return the last of {@link #transfers()}, if there is one
     */
    public Optional<Transfer> candidate() {
      return transfers.isEmpty() ? Optional.empty() : Optional.of(transfers.get(transfers.size() - 1));
    }

    /**
     * Gives what the candidate, or all parts together, brought or would have brought.
     *
     * @return the sum of {@link #transfers()} in the candidate's own asset; empty without a candidate
     */
    public Optional<Amount> received() {
      return candidate().map(last -> Transfers.total(last.amount().asset(), transfers));
    }
  }

  /**
   * The whole window was read and nothing in it is a candidate.
   *
   * @param request the request
   * @param notes see {@link Verification#notes()}
   */
  record NotFound(PaymentRequest request, List<String> notes) implements Verification {

    /** Copies the list. */
    public NotFound {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The scan could not read its whole window, and what it read does not verify. The payment may be there.
   *
   * @param request the request
   * @param detail what was not read, and why
   * @param notes see {@link Verification#notes()}
   */
  record Incomplete(PaymentRequest request, String detail, List<String> notes) implements Verification {

    /** Copies the list. */
    public Incomplete {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The provider failed, or is behind the chain. Nothing is known of the payment.
   *
   * @param request the request
   * @param detail what failed
   * @param retryIn how long to wait before asking again; {@code null} if nothing is known of it
   * @param notes see {@link Verification#notes()}
   */
  record Unavailable(PaymentRequest request, String detail, @Nullable Duration retryIn, List<String> notes)
      implements Verification {

    /** Copies the list. */
    public Unavailable {
      notes = List.copyOf(notes);
    }

    /**
     * Gives how long to wait before asking again.
     *
     * @return the wait, if the provider or the limiter said one
     */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryIn);
    }
  }
}
