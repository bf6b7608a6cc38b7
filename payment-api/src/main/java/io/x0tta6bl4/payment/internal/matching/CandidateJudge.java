package io.x0tta6bl4.payment.internal.matching;

import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.spi.TransferSourceVerifier;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges the transfers that may be the payment of one order: all went to its recipient, in its asset, in chain order.
 */
public final class CandidateJudge {

  private final PaymentRequest request;
  private final List<Transfer> candidates;
  private final Instant now;
  private final List<String> notes;
  private final BigInteger least;
  private final @Nullable BigInteger most;

  private CandidateJudge(PaymentRequest request, List<Transfer> candidates, Instant now, List<String> notes) {
    this.request = request;
    this.candidates = candidates;
    this.now = now;
    this.notes = notes;
    this.least = request.leastUnits();
    boolean anyExcess = request.acceptsOverpayment() && request.matchMode() != MatchMode.AMOUNT;
    this.most = anyExcess ? null : request.mostUnits();
  }

  /**
   * Judges.
   *
   * @param request the order
   * @param candidates at least one, in chain order
   * @param now the present, in milliseconds
   * @param notes for the verdict
   * @return the verdict
   */
  public static Verification judge(PaymentRequest request, List<Transfer> candidates, Instant now, List<String> notes) {
    return new CandidateJudge(request, candidates, now, notes).judge();
  }

  /**
   * Tells whether a transfer that went to the order's recipient in its asset is the order's, be it too little or too much.
   *
   * @param request the order
   * @param transfer one of its candidates
   * @param now the present, in milliseconds
   * @return {@code true} if nothing is wrong of it but perhaps its amount
   */
  public static boolean belongs(PaymentRequest request, Transfer transfer, Instant now) {
    CandidateJudge judge = new CandidateJudge(request, List.of(transfer), now, List.of());
    return judge.faultBeforeAmount(transfer) == null && judge.faultAfterAmount(transfer) == null;
  }

  private Verification judge() {
    for (Transfer candidate : candidates) {
      if (reasonAgainst(candidate) == null) {
        return candidate.isSettled() ? verified(List.of(candidate)) : pending(List.of(candidate));
      }
    }
    List<Transfer> parts = request.addsUp() ? parts() : List.of();
    List<Transfer> settled = upToTheCompletingOne(parts.stream().filter(Transfer::isSettled).toList());
    if (completes(settled)) {
      return verified(settled);
    }
    List<Transfer> seen = upToTheCompletingOne(parts);
    if (completes(seen)) {
      return pending(seen);
    }
    return rejected(seen);
  }

  /** Transfers of which nothing is wrong but their amount. */
  private List<Transfer> parts() {
    return candidates.stream().filter(c -> faultBeforeAmount(c) == null && faultAfterAmount(c) == null).toList();
  }

  private List<Transfer> upToTheCompletingOne(List<Transfer> parts) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < parts.size(); i++) {
      sum = sum.add(parts.get(i).amount().units());
      if (sum.compareTo(least) >= 0) {
        return parts.subList(0, i + 1);
      }
    }
    return parts;
  }

  private boolean completes(List<Transfer> parts) {
    return !parts.isEmpty() && amountFault(sum(parts)) == null;
  }

  private Verification verified(List<Transfer> transfers) {
    Set<TransferId> counted = transfers.stream().map(Transfer::id).collect(Collectors.toSet());
    List<Transfer> surplus = new ArrayList<>();
    for (Transfer candidate : candidates) {
      if (!counted.contains(candidate.id())
          && candidate.isSettled()
          && faultBeforeAmount(candidate) == null
          && faultAfterAmount(candidate) == null) {
        surplus.add(candidate);
      }
    }
    return new Verification.Verified(request, transfers, surplus, notes);
  }

  private Verification pending(List<Transfer> transfers) {
    return new Verification.Pending(request, transfers, notes);
  }

  private Verification rejected(List<Transfer> parts) {
    Transfer nearest = nearest();
    Reason fault = faultBeforeAmount(nearest);
    if (fault == null && parts.size() > 1 && parts.contains(nearest)) {
      Reason ofSum = amountFault(sum(parts));
      if (ofSum != null) {
        return new Verification.Rejected(request, ofSum, parts, notes);
      }
    }
    Reason reason = reasonAgainst(nearest);
    if (reason == null) {
      throw new IllegalStateException("a candidate without a fault is not rejected: " + nearest.id());
    }
    return new Verification.Rejected(request, reason, List.of(nearest), notes);
  }

  private Transfer nearest() {
    Transfer nearest = candidates.get(0);
    for (Transfer candidate : candidates) {
      if (distance(candidate).compareTo(distance(nearest)) < 0) {
        nearest = candidate;
      }
    }
    return nearest;
  }

  private BigInteger distance(Transfer transfer) {
    return transfer.amount().units().subtract(request.amount().units()).abs();
  }

  private @Nullable Reason reasonAgainst(Transfer transfer) {
    Reason before = faultBeforeAmount(transfer);
    if (before != null) {
      return before;
    }
    Reason ofAmount = amountFault(transfer.amount().units());
    return ofAmount != null ? ofAmount : faultAfterAmount(transfer);
  }

  private @Nullable Reason faultBeforeAmount(Transfer transfer) {
    if (transfer.to().equals(transfer.from())) {
      return Reason.SELF_TRANSFER;
    }
    Reason ofMemo = request.matchMode() == MatchMode.MEMO ? memoFault(transfer.memo()) : null;
    return ofMemo != null ? ofMemo : timeFault(request, transfer.blockTime(), now);
  }

  private @Nullable Reason memoFault(Memo memo) {
    if (memo instanceof Memo.Text text) {
      return text.trimmed().equals(request.orderId()) ? null : Reason.MEMO_MISMATCH;
    }
    return memo instanceof Memo.Absent ? Reason.MEMO_MISSING : Reason.MEMO_UNREADABLE;
  }

  /**
   * Tells whether a transfer without a readable memo would have been in time and from somebody else.
   *
   * @param request the order
   * @param transfer of the order's amount
   * @param now the present, in milliseconds
   * @return {@code true} if only its memo is missing
   */
  public static boolean isAcceptableButForItsMemo(PaymentRequest request, Transfer transfer, Instant now) {
    return !transfer.to().equals(transfer.from()) && timeFault(request, transfer.blockTime(), now) == null;
  }

  private static @Nullable Reason timeFault(PaymentRequest request, @Nullable Instant blockTime, Instant now) {
    if (blockTime == null) {
      return null;
    }
    if (request.notBefore().isPresent() && blockTime.isBefore(request.notBefore().get())) {
      return Reason.TOO_EARLY;
    }
    if (blockTime.isBefore(now.minus(request.maxAge()))) {
      return Reason.TOO_OLD;
    }
    return blockTime.isAfter(now.plus(TransferSourceVerifier.CLOCK_SKEW)) ? Reason.FUTURE_TIMESTAMP : null;
  }

  private @Nullable Reason amountFault(BigInteger units) {
    if (units.compareTo(least) < 0) {
      return Reason.UNDERPAID;
    }
    return most != null && units.compareTo(most) > 0 ? Reason.OVERPAID : null;
  }

  private @Nullable Reason faultAfterAmount(Transfer transfer) {
    return transfer.execution() == Execution.CREDITED_BUT_FAILED && !request.acceptsCreditedButFailed()
        ? Reason.CREDITED_BUT_FAILED
        : null;
  }

  private static BigInteger sum(List<Transfer> parts) {
    return parts.stream().map(p -> p.amount().units()).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /**
   * Tells whether anything moved: failed and bounced transfers are none, whatever else they say.
   *
   * @param transfer any
   * @return {@code false} if nothing moved
   */
  public static boolean hasMoved(Transfer transfer) {
    return transfer.execution() != Execution.FAILED && transfer.execution() != Execution.BOUNCED;
  }
}
