package io.x0tta6bl4.payment.tron.internal;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Lookup;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.time.Clock;

/** The transfers of Tron. Thread-safe. */
public final class TronTransferSource implements TransferSource {

  private final TronGrid grid;
  private final Freshness freshness;
  private final TransactionCache cache;
  private final int maxPages;

  /**
   * Makes a source.
   *
   * @param grid what it asks; closed with it
   * @param clock what the provider's head is compared with
   * @param maxPages how many pages one scan reads at the most
   */
  public TronTransferSource(TronGrid grid, Clock clock, int maxPages) {
    this.grid = grid;
    this.freshness = new Freshness(grid, clock);
    this.cache = new TransactionCache(grid);
    this.maxPages = maxPages;
  }

  @Override
  public String chain() {
    return TronGrid.ID;
  }

  @Override
  public void checkAsset(Asset asset) {
    if (!asset.chain().equals(TronGrid.ID)) {
      throw new IllegalArgumentException("asset " + asset + ": expected one of the chain '" + TronGrid.ID + "'");
    }
    if (asset.isSameToken(Asset.USDT_TRC20) && asset.decimals() != Asset.USDT_TRC20.decimals()) {
      throw new IllegalArgumentException("asset " + asset + ": expected the " + Asset.USDT_TRC20.decimals() + " decimals of USDT");
    }
    if (asset.contract() != null && !TronAddress.parse(asset.contract()).toBase58().equals(asset.contract())) {
      throw new IllegalArgumentException("asset " + asset + ": expected its contract in base58");
    }
  }

  @Override
  public String canonicalAddress(String address) {
    return TronAddress.parse(address).toBase58();
  }

  @Override
  public Scan scan(ScanQuery query, Deadline deadline) {
    // The head is read before the feed: what the feed then calls settled was settled when the head was read.
    Freshness.Heads heads = freshness.ask(deadline);
    return query.asset().isNative()
        ? new NativeScan(grid, cache, query, heads, maxPages, deadline).run()
        : new Trc20Scan(grid, cache, query, heads, maxPages, deadline).run();
  }

  @Override
  public Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline) {
    return new TransactionLookup(grid, freshness, asset, TronAddress.parse(recipient), deadline).run(transactionHash);
  }

  @Override
  public void close() {
    grid.close();
  }
}
