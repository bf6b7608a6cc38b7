package io.x0tta6bl4.example.orders;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as the API, the events, the callbacks and the checkout page show it.
 *
 * @param id the order's
 * @param version grows with every change of the order or of its payments, so that a reader knows what is newer
 * @param status in one word
 * @param asset what is paid with
 * @param amount what is asked, in whole coins
 * @param received what counts for the order so far, in whole coins
 * @param missing what has still to be paid, in whole coins; zero once it is paid, or too much came
 * @param wallet whom to pay
 * @param match how its payment is told from others
 * @param memo what the payment has to carry, null where it needs none
 * @param createdAt when it was opened
 * @param expiresAt until when it may be paid
 * @param walletLink opens the buyer's wallet with all of it filled in, null where no such link exists
 * @param checkoutUrl the buyer's page
 * @param botLink the order in the chat, null without a bot
 * @param payments the transfers that belong to it, oldest first
 * @param lastEvent the newest of what was told of it, null if nothing was yet
 */
public record OrderView(
    String id,
    long version,
    Status status,
    Asset asset,
    BigDecimal amount,
    BigDecimal received,
    BigDecimal missing,
    String wallet,
    MatchMode match,
    @Nullable String memo,
    Instant createdAt,
    Instant expiresAt,
    @Nullable URI walletLink,
    URI checkoutUrl,
    @Nullable URI botLink,
    List<Payment> payments,
    @Nullable Event lastEvent) {

  /** Copies. */
  public OrderView {
    payments = List.copyOf(payments);
  }

  /** Where an order stands, for the buyer too. Written in lower case in JSON. */
  public enum Status {
    /** Nothing of it was seen. */
    WAITING,
    /** A transfer is on its way, not yet final. */
    SEEN,
    /** A part was paid, the rest is missing. */
    PARTLY_PAID,
    /** More came than was asked, which this order does not accept: the shop has to decide. */
    OVERPAID,
    /** Paid, whole and final. */
    PAID,
    /** Its time is over. */
    EXPIRED,
    /** The shop called it off. */
    CANCELLED;

    /**
     * Whether it ends here.
     *
     * @return whether no other status follows
     */
    public boolean isFinal() {
      return this == PAID || this == EXPIRED || this == CANCELLED;
    }
  }

  /**
   * A transfer that belongs to the order.
   *
   * @param transaction its transaction's hash
   * @param role what it is for the order
   * @param amount in whole coins
   * @param from the payer, null where the chain does not tell
   * @param at when its block was made, null where unknown
   * @param explorerUrl where people look it up
   */
  public record Payment(
      String transaction,
      ClaimRole role,
      BigDecimal amount,
      @Nullable String from,
      @Nullable Instant at,
      @Nullable URI explorerUrl) {}

  /**
   * What was told of the order.
   *
   * @param type what happened
   * @param reason why a payment was refused, lower case as in the command line's verdicts; null if it was not
   * @param at when
   */
  public record Event(OrderEvent.Type type, @Nullable String reason, Instant at) {}
}
