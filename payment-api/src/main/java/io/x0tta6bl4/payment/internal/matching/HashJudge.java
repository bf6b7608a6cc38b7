package io.x0tta6bl4.payment.internal.matching;

import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.spi.Lookup;
import java.time.Instant;
import java.util.List;

/** The verdict on one transaction. */
public final class HashJudge {

  private HashJudge() {}

  /**
   * Judges.
   *
   * @param wanted the order
   * @param lookup what the source found
   * @param now the instant of the look-up, in milliseconds
   * @return the verdict
   */
  public static Verification judge(Wanted wanted, Lookup lookup, Instant now) {
    PaymentRequest request = wanted.request();
    if (lookup instanceof Lookup.Found found) {
      return judge(wanted, found.transfers(), now);
    }
    if (lookup instanceof Lookup.Contradictory contradictory) {
      return new Verification.Rejected(request, Reason.MALFORMED, List.of(), List.of(contradictory.detail()));
    }
    if (lookup instanceof Lookup.Undecided undecided) {
      return new Verification.Pending(request, List.of(), List.of(undecided.detail()));
    }
    return new Verification.NotFound(request, List.of());
  }

  private static Verification judge(Wanted wanted, List<Transfer> found, Instant now) {
    PaymentRequest request = wanted.request();
    String recipient = wanted.recipient();
    List<Transfer> transfers = found.stream().filter(t -> t.amount().units().signum() > 0).toList();
    if (transfers.isEmpty()) {
      return new Verification.Rejected(request, Reason.NOT_A_PAYMENT, List.of(), List.of());
    }
    List<Transfer> incoming = transfers.stream().filter(t -> t.to().equals(recipient)).toList();
    if (incoming.isEmpty() && transfers.stream().anyMatch(t -> recipient.equals(t.from()))) {
      return rejected(request, Reason.NOT_A_PAYMENT, transfers);
    }
    List<Transfer> shown = incoming.isEmpty() ? transfers : incoming;
    List<Transfer> ofAsset = shown.stream().filter(t -> t.amount().asset().isSameToken(request.asset())).toList();
    List<Transfer> nearest = ofAsset.isEmpty() ? shown : ofAsset;
    if (nearest.stream().noneMatch(CandidateJudge::hasMoved)) {
      boolean bounced = nearest.get(0).execution() == Execution.BOUNCED;
      return rejected(request, bounced ? Reason.BOUNCED : Reason.FAILED, nearest);
    }
    if (incoming.isEmpty()) {
      return rejected(request, Reason.WRONG_RECIPIENT, nearest);
    }
    if (ofAsset.isEmpty()) {
      return rejected(request, Reason.WRONG_TOKEN, nearest);
    }
    return CandidateJudge.judge(request, ofAsset.stream().filter(CandidateJudge::hasMoved).toList(), now, List.of());
  }

  private static Verification rejected(PaymentRequest request, Reason reason, List<Transfer> candidates) {
    return new Verification.Rejected(request, reason, candidates.subList(0, 1), List.of());
  }
}
