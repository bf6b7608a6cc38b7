package org.example.toychain;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Lookup;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

// @start region="source"
final class ToyTransferSource implements TransferSource {

  private final ToyNode node;

  ToyTransferSource(ToyNode node) {
    this.node = node;
  }

  @Override
  public String chain() {
    return "toy";
  }

  @Override
  public void checkAsset(Asset asset) {
    if (!asset.chain().equals("toy")) {
      throw new IllegalArgumentException("asset " + asset + ": expected one of the chain 'toy'");
    }
  }

  @Override
  public String canonicalAddress(String address) {
    if (!address.matches("toy[a-z]{1,20}")) {
      throw new IllegalArgumentException("address '" + address + "': expected toy and 1 to 20 letters");
    }
    return address;
  }

  @Override
  public Scan scan(ScanQuery query, Deadline deadline) {
    List<ToyNode.Payment> inWindow =
        ask().filter(p -> !p.time().isBefore(query.from()) && !p.time().isAfter(query.to())).toList();
    Stream<ToyNode.Payment> readable = inWindow.stream().limit(node.isTruncating() ? 1 : Long.MAX_VALUE);
    List<Transfer> transfers = readable.filter(ToyNode.Payment::ok).map(p -> transfer(p, query.asset())).toList();
    List<Transfer> incoming =
        transfers.stream()
            .filter(t -> t.to().equals(query.recipient()) && t.amount().asset().isSameToken(query.asset()))
            .toList();
    Scan.Coverage coverage =
        node.isBehind()
            ? new Scan.Coverage.Stale("the node is behind")
            : node.isTruncating() ? new Scan.Coverage.Partial("the node keeps the rest to itself") : Scan.WHOLE;
    return new Scan(incoming, coverage, List.of());
  }

  @Override
  public Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline) {
    List<Transfer> found =
        ask().filter(p -> p.hash().equals(transactionHash)).map(p -> transfer(p, asset)).toList();
    if (found.isEmpty() && node.isBehind()) {
      throw new ProviderUnavailableException("toy", "the node is behind", true, null);
    }
    return found.isEmpty() ? new Lookup.Unknown() : new Lookup.Found(found);
  }

  @Override
  public void close() {}

  private Stream<ToyNode.Payment> ask() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ProviderUnavailableException("toy", "interrupted", false, null);
    }
    if (node.isLimiting()) {
      throw new RateLimitedException("toy", "too many requests", Duration.ofSeconds(30), 429);
    }
    try {
      return node.payments().stream();
    } catch (IllegalStateException e) {
      throw new ProviderUnavailableException("toy", "the node does not answer", true, e);
    }
  }

  private static Transfer transfer(ToyNode.Payment p, Asset asked) {
    Asset asset = p.token().equals(asked.contract()) ? asked : new Asset("toy", "OTHER", p.token(), 0);
    return new Transfer(
        new TransferId("toy", p.hash(), 0), p.from(), p.to(), new Amount(asset, BigInteger.valueOf(p.units())),
        Memo.ofText(p.memo()), p.time(), p.fixed() ? Finality.FINAL : Finality.PENDING,
        p.ok() ? Execution.SUCCEEDED : Execution.FAILED);
  }
}
// @end
