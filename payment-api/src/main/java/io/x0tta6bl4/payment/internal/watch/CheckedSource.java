package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans of a source that is the user's code too, which no compiler of ours has held to our nullness. A bug of a source is its
 * provider's trouble, of which the shop is told, and stops no other wallet.
 */
final class CheckedSource {

  private static final Logger LOG = LoggerFactory.getLogger(CheckedSource.class);

  private final Wallet wallet;
  private final TransferSource source;
  private final Ticker ticker;

  CheckedSource(Wallet wallet, TransferSource source, Ticker ticker) {
    this.wallet = wallet;
    this.source = source;
    this.ticker = ticker;
  }

  Scan scan(ScanQuery query, Duration timeout) {
    try {
      return checked(source.scan(query, Deadline.after(timeout, ticker)));
    } catch (PaymentException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{}: the source failed", wallet, e);
      throw new MalformedReplyException(wallet.chain(), "the source failed: " + e, e);
    }
  }

  private static Scan checked(Scan scan) {
    Objects.requireNonNull(scan, "the scan is null");
    Objects.requireNonNull(scan.coverage(), "the scan's coverage is null");
    for (Transfer transfer : scan.transfers()) {
      TransferId id = Objects.requireNonNull(transfer.id(), "a transfer's id is null");
      requirePart(transfer.to(), "recipient", id);
      requirePart(transfer.amount(), "amount", id);
      requirePart(transfer.memo(), "memo", id);
      requirePart(transfer.finality(), "finality", id);
      requirePart(transfer.execution(), "execution", id);
    }
    return scan;
  }

  private static void requirePart(Object part, String name, TransferId id) {
    Objects.requireNonNull(part, () -> "transfer " + id + ": the " + name + " is null");
  }
}
