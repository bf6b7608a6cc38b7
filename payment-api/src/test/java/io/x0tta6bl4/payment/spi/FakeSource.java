package io.x0tta6bl4.payment.spi;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Paid;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.Deadline;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A source that answers what it was told, and remembers what it was asked. */
final class FakeSource implements TransferSource {

  final List<ScanQuery> scans = new ArrayList<>();
  final List<String> lookups = new ArrayList<>();
  final List<Deadline> deadlines = new ArrayList<>();
  int closed;
  Scan scan = new Scan(List.of(), Scan.WHOLE, List.of());
  Lookup lookup = new Lookup.Unknown();
  PaymentException failure;
  private final Map<String, Scan> byWallet = new HashMap<>();
  private final Map<String, PaymentException> failures = new HashMap<>();

  static FakeSource withTransfers(Transfer... transfers) {
    FakeSource source = new FakeSource();
    source.scan = scanOf(transfers);
    return source;
  }

  static FakeSource withTransaction(Transfer... transfers) {
    FakeSource source = new FakeSource();
    source.lookup = new Lookup.Found(Arrays.asList(transfers));
    return source;
  }

  static Scan scanOf(Transfer... transfers) {
    return new Scan(Arrays.asList(transfers), Scan.WHOLE, List.of());
  }

  FakeSource wallet(String wallet, Transfer... transfers) {
    byWallet.put(wallet, scanOf(transfers));
    return this;
  }

  FakeSource failingWallet(String wallet, PaymentException e) {
    failures.put(wallet, e);
    return this;
  }

  FakeSource coverage(Scan.Coverage coverage) {
    scan = new Scan(scan.transfers(), coverage, scan.unreadable());
    return this;
  }

  FakeSource unreadable(String... rows) {
    scan = new Scan(scan.transfers(), scan.coverage(), Arrays.asList(rows));
    return this;
  }

  FakeSource failingWith(PaymentException e) {
    failure = e;
    return this;
  }

  PaymentVerifier verifier() {
    return TransferSourceVerifier.of(
        this, VerifierContext.of(VerifierOptions.none(), Clock.fixed(Paid.NOW, ZoneOffset.UTC)));
  }

  @Override
  public String chain() {
    return "tron";
  }

  @Override
  public void checkAsset(Asset asset) {
    if (!asset.chain().equals("tron")) {
      throw new IllegalArgumentException("asset of chain '" + asset.chain() + "': expected 'tron'");
    }
  }

  @Override
  public String canonicalAddress(String address) {
    if (address.startsWith("bad")) {
      throw new IllegalArgumentException("address '" + address + "': expected a good one");
    }
    return address.toLowerCase(Locale.ROOT);
  }

  @Override
  public Scan scan(ScanQuery query, Deadline deadline) {
    scans.add(query);
    deadlines.add(deadline);
    if (failure != null) {
      throw failure;
    }
    PaymentException ofWallet = failures.get(query.recipient());
    if (ofWallet != null) {
      throw ofWallet;
    }
    return byWallet.getOrDefault(query.recipient(), scan);
  }

  @Override
  public Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline) {
    lookups.add(transactionHash);
    deadlines.add(deadline);
    if (failure != null) {
      throw failure;
    }
    return lookup;
  }

  @Override
  public void close() {
    closed++;
  }
}
