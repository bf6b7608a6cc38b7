package io.x0tta6bl4.payment.testkit.watching;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Lookup;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Remembers what it was asked, and can be told to answer otherwise for some wallets. */
final class RecordingSource implements TransferSource {

  final List<ScanQuery> queries = new ArrayList<>();
  private final Map<String, BiFunction<ScanQuery, Scan, Scan>> tricks = new HashMap<>();
  private final TransferSource honest;

  RecordingSource(TransferSource honest) {
    this.honest = honest;
  }

  /** Has a wallet's scans answered by something that sees the honest answer. */
  void trick(String wallet, BiFunction<ScanQuery, Scan, Scan> trick) {
    tricks.put(wallet, trick);
  }

  void honest(String wallet) {
    tricks.remove(wallet);
  }

  @Override
  public String chain() {
    return honest.chain();
  }

  @Override
  public void checkAsset(Asset asset) {
    honest.checkAsset(asset);
  }

  @Override
  public String canonicalAddress(String address) {
    return honest.canonicalAddress(address);
  }

  @Override
  public Scan scan(ScanQuery query, Deadline deadline) {
    queries.add(query);
    Scan scan = honest.scan(query, deadline);
    return tricks.getOrDefault(query.recipient(), (q, s) -> s).apply(query, scan);
  }

  @Override
  public Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline) {
    return honest.lookup(transactionHash, asset, recipient, deadline);
  }

  @Override
  public void close() {
    honest.close();
  }
}
