package io.x0tta6bl4.payment.spi;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.http.Deadline;

/**
 * Reads the transfers of one chain and judges nothing: the one thing to write for a new chain.
 *
 * <p>Thread-safe. Methods that ask the network block until the deadline at the latest and throw
 * {@link io.x0tta6bl4.payment.PaymentException} for what the provider did; on an interrupt they end at once with such an
 * exception and the flag set. Everything that a provider says is hostile until parsed: what cannot be read is reported, never
 * guessed and never thrown as another exception.
 *
 * @since 0.1.0
 */
public interface TransferSource extends AutoCloseable {

  /**
   * Gives the chain, for logs and errors.
   *
   * @return the id, as in {@link Asset#chain()}
   */
  String chain();

  /**
   * Checks an asset.
   *
   * @param asset the asset of a request
   * @throws IllegalArgumentException if this source cannot read its transfers
   */
  void checkAsset(Asset asset);

  /**
   * Brings an address into the one spelling that transfers of this source use.
   *
   * @param address any spelling
   * @return the canonical one
   * @throws IllegalArgumentException if it is no address of this network; the message names it
   */
  String canonicalAddress(String address);

  /**
   * Brings a transaction hash into the form of {@link io.x0tta6bl4.payment.TransferId#transactionHash()}.
   *
   * @param hash any spelling
   * @return 64 characters of lower-case hex
   * @throws IllegalArgumentException if it is no hash; the message names it
   */
  default String canonicalHash(String hash) {
    return TransactionHashes.fromHex(hash);
  }

  /**
   * Reads a wallet's incoming transfers of one asset.
   *
   * @param query which
   * @param deadline when to give up
   * @return what was read; a provider that fails after a part was read makes the coverage partial
   * @throws io.x0tta6bl4.payment.PaymentException if the provider failed before anything was read
   */
  Scan scan(ScanQuery query, Deadline deadline);

  /**
   * Reads one transaction.
   *
   * @param transactionHash as {@link #canonicalHash} gives it
   * @param asset what the request asks for: transfers of it must carry this very asset
   * @param recipient whom the request asks for, as {@link #canonicalAddress} gives it; transfers to others are told as well
   * @param deadline until when an unknown transaction is asked for again
   * @return what was found
   * @throws io.x0tta6bl4.payment.PaymentException if the provider failed, or is behind the chain
   */
  Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline);

  /** Releases connections. Idempotent. */
  @Override
  void close();
}
