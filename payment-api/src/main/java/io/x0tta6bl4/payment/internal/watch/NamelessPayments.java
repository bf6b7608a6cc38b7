package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.Reason;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.internal.ledger.Opening;
import io.x0tta6bl4.payment.internal.matching.CandidateJudge;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.Wallet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom payments without a readable memo may be meant for. The one order that a transfer may be meant for is told; where there are
 * several, a person must look. Not thread-safe.
 */
final class NamelessPayments {

  private static final int MOST_MEANT = 1_000;

  private final Wallet wallet;
  private final PaymentLedger ledger;
  private final Bookkeeper bookkeeper;
  private final WalletNews news;

  NamelessPayments(Wallet wallet, PaymentLedger ledger, Bookkeeper bookkeeper, WalletNews news) {
    this.wallet = wallet;
    this.ledger = ledger;
    this.bookkeeper = bookkeeper;
    this.news = news;
  }

  /**
   * Tells of them. An order is told of all that are meant for it at once, so that a watcher that begins anew, and finds them all again,
   * has nothing to add; and only if one of them is new.
   */
  void assign(List<Transfer> nameless, Set<TransferId> fresh, Instant now) {
    Map<String, List<Transfer>> meantFor = new LinkedHashMap<>();
    for (Transfer transfer : nameless) {
      List<String> meant = meant(transfer, now);
      if (meant.size() == 1) {
        meantFor.computeIfAbsent(meant.get(0), id -> new ArrayList<>(1)).add(transfer);
      } else if (meant.size() > 1 && fresh.contains(transfer.id())) {
        news.unassigned(transfer, now);
      }
    }
    meantFor.values().removeIf(theirs -> theirs.stream().noneMatch(transfer -> fresh.contains(transfer.id())));
    meantFor.forEach(
        (id, theirs) -> {
          Memo latest = theirs.get(theirs.size() - 1).memo();
          Reason reason = latest instanceof Memo.Absent ? Reason.MEMO_MISSING : Reason.MEMO_UNREADABLE;
          bookkeeper.reject(id, reason, theirs, now);
        });
  }

  private List<String> meant(Transfer transfer, Instant now) {
    List<String> two = meant(transfer, 2, now);
    // Where the first two do not both fit, others may.
    return two.size() == 2 ? two : meant(transfer, MOST_MEANT, now);
  }

  private List<String> meant(Transfer transfer, int limit, Instant now) {
    List<String> ids = ledger.openNear(wallet, transfer.amount().units(), limit);
    return ledger.find(ids).stream()
        .map(account -> Opening.asOfOpening(account.order(), now))
        .filter(request -> CandidateJudge.isAcceptableButForItsMemo(request, transfer, now))
        .map(PaymentRequest::orderId)
        .toList();
  }
}
