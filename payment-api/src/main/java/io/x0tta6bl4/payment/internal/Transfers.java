package io.x0tta6bl4.payment.internal;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.TransferId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is true of several transfers, whoever looks at them. */
public final class Transfers {

  /** The earliest first; what is in no block yet comes last. */
  public static final Comparator<Transfer> CHAIN_ORDER = Comparator.comparing(Transfers::orderingTime);

  /** Only a provider that lies can tell of more than there can be; no verdict depends on it. */
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  private Transfers() {}

  /**
   * Adds up.
   *
   * @param asset what the transfers are of
   * @param transfers any number of them
   * @return their sum, and the largest amount that there is where it would be more
   */
  public static Amount total(Asset asset, Collection<Transfer> transfers) {
    BigInteger units = BigInteger.ZERO;
    for (Transfer transfer : transfers) {
      units = units.add(transfer.amount().units());
    }
    return new Amount(asset, units.min(LARGEST));
  }

  /**
   * Takes each once. Feeds overlap and repeat, once pending and once final perhaps: of two readings the more certain one stays.
   *
   * @param transfers in any order
   * @return each of their ids once, in the order in which they come first
   */
  public static List<Transfer> eachOnce(Collection<Transfer> transfers) {
    Map<TransferId, Transfer> byId = new LinkedHashMap<>();
    for (Transfer transfer : transfers) {
      byId.merge(transfer.id(), transfer, (a, b) -> a.isSettled() ? a : b);
    }
    return new ArrayList<>(byId.values());
  }

  /**
   * Sorts: where times are equal the source's order stands.
   *
   * @param transfers in any order
   * @return a new list
   */
  public static List<Transfer> inChainOrder(Collection<Transfer> transfers) {
    List<Transfer> sorted = new ArrayList<>(transfers);
    sorted.sort(CHAIN_ORDER);
    return sorted;
  }

  private static Instant orderingTime(Transfer transfer) {
    Instant time = transfer.blockTime();
    return time != null ? time : Instant.MAX;
  }
}
