package io.x0tta6bl4.payment.internal.matching;

import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.internal.Texts;
import io.x0tta6bl4.payment.internal.Transfers;
import io.x0tta6bl4.payment.spi.Scan;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The verdicts of a scan, for all orders of its wallet. */
public final class ScanJudge {

  private static final int MOST_NOTES = 5;
  private static final int LONGEST_NOTE = 300;

  private ScanJudge() {}

  /**
   * Judges.
   *
   * @param orders the orders of the wallet
   * @param scan what the source read
   * @param now the instant of the scan, in milliseconds
   * @return a verdict for each order, in their order
   */
  public static List<Verification> judge(OrderIndex orders, Scan scan, Instant now) {
    Map<Integer, List<Transfer>> candidates = new HashMap<>();
    NavigableMap<BigInteger, List<Transfer>> withoutReadableMemo = new TreeMap<>();
    for (Transfer transfer : Transfers.inChainOrder(Transfers.eachOnce(scan.transfers()))) {
      if (!CandidateJudge.hasMoved(transfer) || !orders.concern(transfer)) {
        continue;
      }
      for (Integer order : orders.matching(transfer.amount().units(), transfer.memo())) {
        if (!isOlderThanTheWindow(orders.orders().get(order).request(), transfer, now)) {
          candidates.computeIfAbsent(order, o -> new ArrayList<>()).add(transfer);
        }
      }
      if (!(transfer.memo() instanceof Memo.Text) && orders.isNearSomeOrder(transfer.amount().units())) {
        withoutReadableMemo.computeIfAbsent(transfer.amount().units(), u -> new ArrayList<>()).add(transfer);
      }
    }
    List<String> notes = notes(scan);
    List<Verification> verdicts = new ArrayList<>();
    for (int i = 0; i < orders.orders().size(); i++) {
      Wanted order = orders.orders().get(i);
      List<Transfer> own = candidates.get(i);
      Verification verdict =
          own != null
              ? CandidateJudge.judge(order.request(), own, now, notes)
              : withoutCandidate(order, withoutReadableMemo, now, notes);
      verdicts.add(asFarAsCovered(verdict, scan.coverage()));
    }
    return Collections.unmodifiableList(verdicts);
  }

  private static boolean isOlderThanTheWindow(PaymentRequest request, Transfer transfer, Instant now) {
    Instant time = transfer.blockTime();
    return time != null && time.isBefore(now.minus(request.maxAge()));
  }

  private static Verification withoutCandidate(
      Wanted order, NavigableMap<BigInteger, List<Transfer>> withoutReadableMemo, Instant now, List<String> notes) {
    PaymentRequest request = order.request();
    if (!OrderIndex.isByMemo(order)) {
      return new Verification.NotFound(request, notes);
    }
    List<Transfer> ofItsAmount = new ArrayList<>();
    for (List<Transfer> transfers :
        withoutReadableMemo.subMap(request.leastUnits(), true, request.mostUnits(), true).values()) {
      transfers.stream()
          .filter(transfer -> CandidateJudge.isAcceptableButForItsMemo(request, transfer, now))
          .findFirst()
          .ifPresent(ofItsAmount::add);
    }
    if (ofItsAmount.isEmpty()) {
      return new Verification.NotFound(request, notes);
    }
    Transfer earliest = Transfers.inChainOrder(ofItsAmount).get(0);
    Reason reason = earliest.memo() instanceof Memo.Absent ? Reason.MEMO_MISSING : Reason.MEMO_UNREADABLE;
    return new Verification.Rejected(request, reason, List.of(earliest), notes);
  }

  private static Verification asFarAsCovered(Verification verdict, Scan.Coverage coverage) {
    if (verdict.isVerified()) {
      return verdict;
    }
    if (coverage instanceof Scan.Coverage.Stale stale) {
      return new Verification.Unavailable(verdict.request(), stale.detail(), null, verdict.notes());
    }
    if (coverage instanceof Scan.Coverage.Partial partial) {
      return new Verification.Incomplete(verdict.request(), partial.detail(), verdict.notes());
    }
    return verdict;
  }

  private static List<String> notes(Scan scan) {
    List<String> unreadable = scan.unreadable();
    if (unreadable.isEmpty()) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    notes.add(unreadable.size() + (unreadable.size() == 1 ? " row" : " rows") + " could not be read");
    for (String row : unreadable.subList(0, Math.min(MOST_NOTES, unreadable.size()))) {
      notes.add(Texts.printable(row, LONGEST_NOTE));
    }
    return notes;
  }
}
