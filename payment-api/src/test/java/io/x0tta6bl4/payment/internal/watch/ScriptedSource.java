package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Lookup;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Answers what a test says, and counts how often it was asked. */
final class ScriptedSource implements TransferSource {

  final List<Transfer> transfers = new ArrayList<>();
  final List<ScanQuery> queries = new ArrayList<>();
  PaymentException failure;
  Runnable meanwhile = () -> {};
  private final String chain;

  ScriptedSource(String chain) {
    this.chain = chain;
  }

  @Override
  public String chain() {
    return chain;
  }

  @Override
  public void checkAsset(Asset asset) {
    if (!asset.chain().equals(chain)) {
      throw new IllegalArgumentException("asset " + asset + ": expected one of " + chain);
    }
  }

  @Override
  public String canonicalAddress(String address) {
    return address.toLowerCase(Locale.ROOT);
  }

  @Override
  public Scan scan(ScanQuery query, Deadline deadline) {
    queries.add(query);
    meanwhile.run();
    if (failure != null) {
      throw failure;
    }
    return new Scan(transfers, Scan.WHOLE, List.of());
  }

  @Override
  public Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline) {
    return new Lookup.Unknown();
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
