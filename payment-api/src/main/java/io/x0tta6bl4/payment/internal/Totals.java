package io.x0tta6bl4.payment.internal;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Transfer;
import java.math.BigInteger;
import java.util.Collection;

/** What transfers come to together. */
public final class Totals {

  /** Only a provider that lies can tell of more than there can be; no verdict depends on it. */
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  private Totals() {}

  /**
   * Adds up.
   *
   * @param asset what the transfers are of
   * @param transfers any number of them
   * @return their sum, and the largest amount that there is where it would be more
   */
  public static Amount of(Asset asset, Collection<Transfer> transfers) {
    BigInteger units = BigInteger.ZERO;
    for (Transfer transfer : transfers) {
      units = units.add(transfer.amount().units());
    }
    return new Amount(asset, units.min(LARGEST));
  }
}
