package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.ledger.WalletEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a shop is to be told of a wallet, collected until it is saved with the wallet's progress. Not thread-safe. */
final class WalletNews {

  private static final Logger LOG = LoggerFactory.getLogger(WalletNews.class);

  private final Wallet wallet;
  private final List<WalletEvent> events = new ArrayList<>();
  private @Nullable Instant troubleSince;

  WalletNews(Wallet wallet, @Nullable Instant troubleSince) {
    this.wallet = wallet;
    this.troubleSince = troubleSince;
  }

  /** Since when the provider fails; {@code null} while it works. */
  @Nullable Instant troubleSince() {
    return troubleSince;
  }

  void gap(Instant from, Instant until, Instant now) {
    LOG.warn("{}: not read from {} to {}", wallet, from, until);
    tell(
        WalletEvent.Type.COVERAGE_GAP,
        "gap/" + from.toEpochMilli(),
        "nobody read from " + from + " to " + until + ", and it is too long ago now",
        null,
        now);
  }

  /** Told once, until it is over. */
  void trouble(String detail, Instant now) {
    if (troubleSince == null) {
      troubleSince = now;
      LOG.warn("{}: the provider fails: {}", wallet, detail);
      tell(WalletEvent.Type.PROVIDER_TROUBLE, "trouble/" + now.toEpochMilli(), detail, null, now);
    }
  }

  void recovered(Instant now) {
    if (troubleSince != null) {
      tell(
          WalletEvent.Type.PROVIDER_RECOVERED,
          "recovered/" + troubleSince.toEpochMilli(),
          "the provider works again; it had failed since " + troubleSince,
          null,
          now);
      troubleSince = null;
    }
  }

  void unassigned(Transfer transfer, Instant now) {
    tell(
        WalletEvent.Type.UNASSIGNED,
        "unassigned/" + transfer.id(),
        "a payment of " + transfer.amount() + " has no readable memo, and several open orders ask for about as much",
        transfer,
        now);
  }

  List<WalletEvent> collected() {
    return List.copyOf(events);
  }

  /** Begins anew: what was collected is saved. */
  void clear() {
    events.clear();
  }

  private void tell(WalletEvent.Type type, String id, String detail, @Nullable Transfer transfer, Instant now) {
    events.add(new WalletEvent(wallet.key() + "/" + id, wallet, type, detail, transfer, now));
  }
}
