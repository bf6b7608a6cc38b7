package io.x0tta6bl4.payment.testkit;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.Polling;
import io.x0tta6bl4.payment.spi.Lookup;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads an {@link InMemoryChain}. Every asset is served. An address is 3 to 128 visible ASCII characters without a slash;
 * letters compare without case. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryTransferSource implements TransferSource {

  private static final String ID = "memory";
  private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^/]]{3,128}");

  private final InMemoryChain chain;

  /**
   * Makes a source.
   *
   * @param chain what it reads
   */
  public InMemoryTransferSource(InMemoryChain chain) {
    this.chain = chain;
  }

  @Override
  public String chain() {
    return ID;
  }

  @Override
  public void checkAsset(Asset asset) {
    // Every asset is served: the chain in memory stands for any.
  }

  @Override
  public String canonicalAddress(String address) {
    String trimmed = address.strip();
    if (!ADDRESS.matcher(trimmed).matches()) {
      throw new IllegalArgumentException(
          "address '" + address + "': expected 3 to 128 visible ASCII characters without a slash");
    }
    return trimmed.toLowerCase(Locale.ROOT);
  }

  @Override
  public Scan scan(ScanQuery query, Deadline deadline) {
    checkProvider();
    List<Transfer> transfers = new ArrayList<>();
    List<ChainTransaction> listed =
        chain.transactions().stream()
            .filter(t -> !t.blockTime().isBefore(query.from()) && !t.blockTime().isAfter(query.to()))
            .sorted(Comparator.comparing(ChainTransaction::blockTime))
            .toList();
    boolean truncating = chain.provider() == ProviderState.TRUNCATING;
    for (ChainTransaction transaction : truncating ? listed.subList(0, Math.min(1, listed.size())) : listed) {
      for (Transfer transfer : transfers(transaction, query.asset())) {
        if (transfer.to().equals(query.recipient())
            && transfer.amount().asset().isSameToken(query.asset())
            && transfer.execution() != Execution.FAILED
            && query.filter().mayMatter(transfer.amount(), transfer.memo())) {
          transfers.add(transfer);
          if (chain.listsTwice()) {
            transfers.add(transfer);
          }
        }
      }
    }
    if (truncating) {
      return new Scan(transfers, new Scan.Coverage.Partial("the listing breaks off behind its first transaction"), List.of());
    }
    return new Scan(transfers, behind().isPresent() ? new Scan.Coverage.Stale(behind().get()) : Scan.WHOLE, List.of());
  }

  @Override
  public Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline) {
    checkProvider();
    ChainTransaction found = Polling.untilKnown(ID, () -> find(transactionHash).orElse(null), deadline);
    if (found == null) {
      behind().ifPresent(detail -> {
        throw new ProviderUnavailableException(ID, detail, true, null);
      });
      return new Lookup.Unknown();
    }
    return new Lookup.Found(transfers(found, asset));
  }

  @Override
  public void close() {
    // There is nothing to release.
  }

  private Optional<ChainTransaction> find(String hash) {
    return chain.transactions().stream().filter(t -> t.hash().equals(hash)).findFirst();
  }

  private void checkProvider() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ProviderUnavailableException(ID, "interrupted", false, null);
    }
    switch (chain.provider()) {
      case DOWN -> throw new ProviderUnavailableException(ID, "down", true, null);
      case RATE_LIMITED -> throw new RateLimitedException(ID, "too many requests", Duration.ofSeconds(30), 429);
      default -> {}
    }
  }

  private Optional<String> behind() {
    return chain.provider() == ProviderState.BEHIND
        ? Optional.of("the provider's newest block is 600 s behind the clock")
        : Optional.empty();
  }

  private List<Transfer> transfers(ChainTransaction transaction, Asset asked) {
    List<Transfer> transfers = new ArrayList<>();
    if (transaction.kind() != ChainTransaction.Kind.TRANSFER) {
      return transfers;
    }
    for (int i = 0; i < transaction.movements().size(); i++) {
      ChainTransaction.Movement movement = transaction.movements().get(i);
      Instant time = transaction.blockTime();
      transfers.add(
          new Transfer(
              new TransferId(asked.chain(), transaction.hash(), i),
              canonicalAddress(movement.from()),
              canonicalAddress(movement.to()),
              movement.amount(),
              Memo.ofUtf8(transaction.memoBytes()),
              time,
              isFinal(transaction.state()) ? Finality.FINAL : Finality.PENDING,
              execution(transaction.state())));
    }
    return transfers;
  }

  private static boolean isFinal(ChainTransaction.State state) {
    return state == ChainTransaction.State.SETTLED || state == ChainTransaction.State.FAILED;
  }

  private static Execution execution(ChainTransaction.State state) {
    return switch (state) {
      case SETTLED, PENDING -> Execution.SUCCEEDED;
      case FAILED -> Execution.FAILED;
      case UNDECIDED -> Execution.UNKNOWN;
    };
  }
}
