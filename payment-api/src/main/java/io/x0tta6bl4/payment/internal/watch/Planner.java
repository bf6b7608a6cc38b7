package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.internal.Transfers;
import io.x0tta6bl4.payment.internal.ledger.Opening;
import io.x0tta6bl4.payment.internal.matching.CandidateJudge;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.ClaimRole;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderAccount;
import io.x0tta6bl4.payment.ledger.OrderEvent;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.OrderUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What transfers mean for an order: the next change of it, as pure code. Asked again after each change, until there is none.
 */
public final class Planner {

  private final OrderAccount account;
  private final Order order;
  private final PaymentRequest request;
  private final List<Transfer> fresh;
  private final Instant now;

  private Planner(OrderAccount account, List<Transfer> found, Instant now) {
    this.account = account;
    this.order = account.order();
    this.request = Opening.asOfOpening(order, now);
    Set<TransferId> claimed = new HashSet<>();
    account.claims().forEach(claim -> claimed.add(claim.transfer().id()));
    this.fresh = Transfers.eachOnce(found).stream().filter(transfer -> !claimed.contains(transfer.id())).toList();
    this.now = now;
  }

  /**
   * Plans the next change.
   *
   * @param account the order as it is
   * @param found transfers that are the order's by memo, amount or address
   * @param now the present, in milliseconds
   * @return the change; empty if there is nothing to change
   */
  public static Optional<OrderUpdate> plan(OrderAccount account, List<Transfer> found, Instant now) {
    return Optional.ofNullable(new Planner(account, found, now).plan());
  }

  /**
   * Plans the end of an order that was not paid.
   *
   * @param account the order as it is
   * @param end {@link OrderState#EXPIRED} or {@link OrderState#CANCELLED}
   * @param now the present, in milliseconds
   * @return the change, which tells of the parts that had come; empty if the order is not open
   */
  public static Optional<OrderUpdate> end(OrderAccount account, OrderState end, Instant now) {
    if (account.order().state() != OrderState.OPEN) {
      return Optional.empty();
    }
    OrderEvent.Type type = end == OrderState.EXPIRED ? OrderEvent.Type.EXPIRED : OrderEvent.Type.CANCELLED;
    Planner planner = new Planner(account, List.of(), now);
    return Optional.of(planner.update(end, List.of(), type, null, planner.parts()));
  }

  /**
   * Plans to tell of a transfer that does not do, whoever found it.
   *
   * @param account the order as it is
   * @param reason why it does not
   * @param transfers what does not do
   * @param now the present, in milliseconds
   * @return the change; empty if the order is not open, or was told so last
   */
  public static Optional<OrderUpdate> reject(
      OrderAccount account, Reason reason, List<Transfer> transfers, Instant now) {
    Planner planner = new Planner(account, List.of(), now);
    return account.order().state() != OrderState.OPEN
            || planner.wasRejectedLast(reason, transfers)
        ? Optional.empty()
        : Optional.of(planner.update(OrderState.OPEN, List.of(), OrderEvent.Type.REJECTED, reason, transfers));
  }

  private @Nullable OrderUpdate plan() {
    return switch (order.state()) {
      case OPEN -> planOpen();
      case PAID -> planExtra(ClaimRole.SURPLUS, OrderEvent.Type.SURPLUS, parts());
      case EXPIRED, CANCELLED -> planExtra(ClaimRole.LATE, OrderEvent.Type.LATE, List.of());
    };
  }

  private @Nullable OrderUpdate planOpen() {
    List<Transfer> inTime = fresh.stream().filter(transfer -> !isLate(transfer)).toList();
    OrderUpdate update = inTime.isEmpty() ? null : judgedWithParts(inTime);
    if (update != null && update.next() == OrderState.PAID) {
      return update;
    }
    // Told before what does not do, so that the latter stays the last word and is not said again.
    OrderUpdate late = extra(ClaimRole.LATE, OrderEvent.Type.LATE, fresh.stream().filter(this::isLate).toList());
    return late != null ? late : update;
  }

  private @Nullable OrderUpdate judgedWithParts(List<Transfer> inTime) {
    List<Transfer> candidates = new ArrayList<>(parts());
    candidates.addAll(inTime);
    return judged(Transfers.inChainOrder(candidates));
  }

  private @Nullable OrderUpdate judged(List<Transfer> candidates) {
    Verification verdict = verdict(candidates);
    if (verdict instanceof Verification.Verified verified) {
      return update(
          OrderState.PAID,
          claims(verified.transfers(), ClaimRole.PAYMENT),
          OrderEvent.Type.VERIFIED,
          null,
          verified.transfers());
    }
    // Claimed as soon as they are settled: by the time that the missing part comes, the scan may have moved on.
    List<Claim> parts =
        claims(fresh.stream().filter(t -> !isLate(t) && isSettledPart(t)).toList(), ClaimRole.PART);
    if (verdict instanceof Verification.Pending pending) {
      return parts.isEmpty() && wasToldLast(OrderEvent.Type.SEEN, null, pending.transfers())
          ? null
          : update(OrderState.OPEN, parts, OrderEvent.Type.SEEN, null, pending.transfers());
    }
    if (verdict instanceof Verification.Rejected rejected) {
      // What may still be taken back is not worth a message.
      boolean certain = rejected.transfers().stream().allMatch(Transfer::isSettled);
      boolean news =
          certain && !wasToldLast(OrderEvent.Type.REJECTED, rejected.reason(), rejected.transfers());
      return parts.isEmpty() && !news
          ? null
          : update(OrderState.OPEN, parts, OrderEvent.Type.REJECTED, rejected.reason(), rejected.transfers());
    }
    throw new IllegalStateException("candidates were judged as " + verdict);
  }

  /** Money that is there is not kept waiting by an earlier transfer that may yet be taken back. */
  private Verification verdict(List<Transfer> candidates) {
    List<Transfer> settled = candidates.stream().filter(Transfer::isSettled).toList();
    if (!settled.isEmpty()) {
      Verification certain = CandidateJudge.judge(request, settled, now, List.of());
      if (certain instanceof Verification.Verified) {
        return certain;
      }
    }
    return CandidateJudge.judge(request, candidates, now, List.of());
  }

  private @Nullable OrderUpdate planExtra(ClaimRole role, OrderEvent.Type type, List<Transfer> already) {
    List<Transfer> all = new ArrayList<>(already);
    all.addAll(fresh);
    return extra(role, type, Transfers.inChainOrder(all));
  }

  private @Nullable OrderUpdate extra(ClaimRole role, OrderEvent.Type type, List<Transfer> transfers) {
    List<Transfer> own = transfers.stream().filter(this::isSettledPart).toList();
    return own.isEmpty() ? null : update(order.state(), claims(own, role), type, null, own);
  }

  private boolean isSettledPart(Transfer transfer) {
    return transfer.isSettled() && CandidateJudge.belongs(request, transfer, now);
  }

  private boolean isLate(Transfer transfer) {
    Instant time = transfer.blockTime();
    return time != null && time.isAfter(order.expiresAt());
  }

  private List<Transfer> parts() {
    return account.claims().stream()
        .filter(claim -> claim.role() == ClaimRole.PART)
        .map(Claim::transfer)
        .toList();
  }

  private List<Claim> claims(List<Transfer> transfers, ClaimRole role) {
    return transfers.stream().map(transfer -> new Claim(order.id(), role, transfer)).toList();
  }

  private boolean wasToldLast(OrderEvent.Type type, @Nullable Reason reason, List<Transfer> transfers) {
    return account
        .latest()
        .filter(last -> last.type() == type && last.why() == reason && ids(last.transfers()).equals(ids(transfers)))
        .isPresent();
  }

  /** What was told among others was told. */
  private boolean wasRejectedLast(Reason reason, List<Transfer> transfers) {
    return account
        .latest()
        .filter(last -> last.type() == OrderEvent.Type.REJECTED && last.why() == reason)
        .filter(last -> ids(last.transfers()).containsAll(ids(transfers)))
        .isPresent();
  }

  private static List<TransferId> ids(List<Transfer> transfers) {
    return transfers.stream().map(Transfer::id).toList();
  }

  private OrderUpdate update(
      OrderState next,
      List<Claim> claims,
      OrderEvent.Type type,
      @Nullable Reason reason,
      List<Transfer> transfers) {
    OrderEvent event = new OrderEvent(order.request(), order.version() + 1, type, reason, transfers, now);
    return new OrderUpdate(order, next, claims, event);
  }
}
