package io.x0tta6bl4.payment.ton.internal;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Lookup;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransactionHashes;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The transfers of TON. Thread-safe. */
public final class TonTransferSource implements TransferSource {

  /** 32 bytes in base64 or base64url, as explorers and wallets show hashes. */
  private static final Pattern BASE64_HASH = Pattern.compile("[A-Za-z0-9+/_-]{43}=?");

  private final TonApi api;
  private final Freshness freshness;
  private final JettonWallets wallets;
  private final int maxPages;
  private final boolean testnet;

  /**
   * Makes a source.
   *
   * @param api what it asks; closed with it
   * @param clock what the provider's head is compared with
   * @param maxPages how many pages of each listing one scan reads at the most
   * @param testnet whether addresses that are marked for test networks only are accepted
   */
  public TonTransferSource(TonApi api, Clock clock, int maxPages, boolean testnet) {
    this.api = api;
    this.freshness = new Freshness(api, clock);
    this.wallets = new JettonWallets(api);
    this.maxPages = maxPages;
    this.testnet = testnet;
  }

  @Override
  public String chain() {
    return TonApi.ID;
  }

  @Override
  public void checkAsset(Asset asset) {
    if (!asset.chain().equals(TonApi.ID)) {
      throw new IllegalArgumentException("asset " + asset + ": expected one of the chain '" + TonApi.ID + "'");
    }
    if (asset.isSameToken(Asset.USDT_JETTON) && asset.decimals() != Asset.USDT_JETTON.decimals()) {
      throw new IllegalArgumentException("asset " + asset + ": expected the " + Asset.USDT_JETTON.decimals() + " decimals of USDT");
    }
    if (asset.contract() != null && !TonAddress.parse(asset.contract(), testnet).toRaw().equals(asset.contract())) {
      throw new IllegalArgumentException("asset " + asset + ": expected its master as workchain:hex");
    }
  }

  @Override
  public String canonicalAddress(String address) {
    return TonAddress.parse(address, testnet).toRaw();
  }

  @Override
  public String canonicalHash(String hash) {
    String trimmed = hash.strip();
    if (BASE64_HASH.matcher(trimmed).matches()) {
      byte[] bytes = Base64.getUrlDecoder().decode(trimmed.replace('+', '-').replace('/', '_'));
      return HexFormat.of().formatHex(bytes);
    }
    return TransactionHashes.fromHex(hash);
  }

  @Override
  public Scan scan(ScanQuery query, Deadline deadline) {
    // The head is read before the feed: what the feed then tells up to that time is all there is.
    Freshness.Head head = freshness.ask(deadline);
    TonAddress recipient = TonAddress.parse(query.recipient(), true);
    ScanBuilder found = new ScanBuilder(query, head);
    String contract = query.asset().contract();
    if (contract == null) {
      NativeScan.add(feed(recipient, found, deadline), found);
    } else {
      TonAddress master = TonAddress.parse(contract, true);
      TonAddress wallet = wallets.of(master, recipient, deadline);
      AccountFeed feed = feed(recipient, found, deadline);
      new JettonScan(api, master, recipient, wallet, head, maxPages, deadline, found).add(feed);
    }
    return found.build(freshness, deadline);
  }

  @Override
  public Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline) {
    return new TransactionLookup(
            api, freshness, wallets, asset, TonAddress.parse(recipient, true), maxPages, deadline)
        .run(transactionHash);
  }

  @Override
  public void close() {
    api.close();
  }

  private AccountFeed feed(TonAddress account, ScanBuilder found, Deadline deadline) {
    AccountFeed feed = AccountFeed.read(api, account, found.fromSecond(), maxPages, deadline);
    found.addUnreadable(feed.unreadable());
    found.miss(feed.missing());
    return feed;
  }
}
