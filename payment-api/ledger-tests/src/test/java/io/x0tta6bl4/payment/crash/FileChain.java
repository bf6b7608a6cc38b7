package io.x0tta6bl4.payment.crash;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Execution;
import io.x0tta6bl4.payment.Finality;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.spi.Lookup;
import io.x0tta6bl4.payment.spi.Scan;
import io.x0tta6bl4.payment.spi.ScanQuery;
import io.x0tta6bl4.payment.spi.TransferSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A chain in a file, so that it outlives the process that reads it: one line for each state of a transfer, the last one counts.
 */
final class FileChain implements TransferSource {

  static final Asset COIN = new Asset("file", "COIN", null, 2);

  private final Path file;
  private final Consumer<String> scans;

  FileChain(Path file, Consumer<String> scans) {
    this.file = file;
    this.scans = scans;
  }

  /** The line of a transfer; a memo has no blanks. */
  static String line(String hash, String to, long units, String memo, Instant blockTime, boolean settled) {
    return String.join(" ", hash, to, Long.toString(units), memo, Long.toString(blockTime.toEpochMilli()), settled ? "S" : "P");
  }

  @Override
  public String chain() {
    return COIN.chain();
  }

  @Override
  public void checkAsset(Asset asset) {
    if (!asset.equals(COIN)) {
      throw new IllegalArgumentException("asset " + asset + ": expected " + COIN);
    }
  }

  @Override
  public String canonicalAddress(String address) {
    return address;
  }

  @Override
  public Scan scan(ScanQuery query, Deadline deadline) {
    scans.accept(query.recipient());
    Map<TransferId, Transfer> transfers = new LinkedHashMap<>();
    for (String line : WholeLines.of(file)) {
      Transfer transfer = transfer(line.split(" "));
      if (transfer.to().equals(query.recipient())
          && transfer.blockTime() != null
          && !transfer.blockTime().isBefore(query.from())
          && query.filter().mayMatter(transfer.amount(), transfer.memo())) {
        transfers.put(transfer.id(), transfer);
      }
    }
    return new Scan(List.copyOf(transfers.values()), Scan.WHOLE, List.of());
  }

  @Override
  public Lookup lookup(String transactionHash, Asset asset, String recipient, Deadline deadline) {
    throw new UnsupportedOperationException("nobody looks up here");
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private static Transfer transfer(String[] parts) {
    return new Transfer(
        new TransferId(COIN.chain(), parts[0], 0),
        "payer",
        parts[1],
        Amount.ofUnits(COIN, Long.parseLong(parts[2])),
        Memo.ofText(parts[3]),
        Instant.ofEpochMilli(Long.parseLong(parts[4])),
        parts[5].equals("S") ? Finality.FINAL : Finality.PENDING,
        Execution.SUCCEEDED);
  }

  /** Lines that end; what a killed process left half is none. */
  static final class WholeLines {
    private WholeLines() {}

    static List<String> of(Path file) {
      try {
        if (!Files.exists(file)) {
          return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
