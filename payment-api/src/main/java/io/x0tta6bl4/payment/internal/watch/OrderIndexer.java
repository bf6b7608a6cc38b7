package io.x0tta6bl4.payment.internal.watch;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.ledger.WatchedOrder;
import io.x0tta6bl4.payment.spi.TransferFilter;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The watched orders of one wallet: one look-up for a transfer, however many they are. Where orders of several kinds share a
 * wallet, a transfer is that of its memo before that of its amount, and that of its amount before that of its address. Keeps the
 * id and the end of the watch, and nothing else, of each. Not thread-safe.
 */
public final class OrderIndexer implements TransferFilter {

  private final MemoTable byMemo = new MemoTable();
  private final Map<BigInteger, Watch> byAmount = new HashMap<>();
  private @Nullable Watch byAddress;
  private BigInteger least = BigInteger.ZERO;
  private @Nullable BigInteger most;

  /** Makes an empty index. */
  public OrderIndexer() {}

  /**
   * Adds an order.
   *
   * @param order the order; from one with the same amount or address it takes over when the former's watch ends
   */
  public void add(WatchedOrder order) {
    long until = order.watchedUntil().toEpochMilli();
    switch (order.matchMode()) {
      case MEMO -> {
        byMemo.put(order.orderId(), until);
        least = most == null ? order.leastUnits() : least.min(order.leastUnits());
        most = most == null ? order.mostUnits() : most.max(order.mostUnits());
      }
      case AMOUNT -> byAmount.compute(order.leastUnits(), (units, former) -> new Watch(order.orderId(), until, former));
      case ADDRESS -> byAddress = new Watch(order.orderId(), until, byAddress);
    }
  }

  /**
   * Forgets orders whose watch ended before an instant.
   *
   * @param instant up to which all was read
   */
  public void forgetBefore(Instant instant) {
    long millis = instant.toEpochMilli();
    byMemo.forgetBefore(millis);
    byAmount.values().removeIf(watch -> watch.isOverBefore(millis));
    if (byAddress != null && byAddress.isOverBefore(millis)) {
      byAddress = null;
    }
  }

  /**
   * Counts the orders.
   *
   * @return how many are watched; two whose memos have one hash count as one
   */
  public int size() {
    return byMemo.size() + byAmount.size() + (byAddress == null ? 0 : 1);
  }

  /**
   * Finds whose a transfer is: its memo says more than its amount, and that more than the address.
   *
   * @param transfer a transfer to the wallet, in its asset
   * @return the order's id; in rare cases one that no order has
   */
  public Optional<String> orderOf(Transfer transfer) {
    if (transfer.memo() instanceof Memo.Text text) {
      String memo = text.trimmed();
      if (byMemo.contains(memo)) {
        return Optional.of(memo);
      }
    }
    Watch ofAmount = byAmount.get(transfer.amount().units());
    Watch watch = ofAmount != null ? ofAmount : byAddress;
    return watch == null ? Optional.empty() : Optional.of(watch.at(transfer.blockTime()).orderId);
  }

  /**
   * Tells whether a transfer without a readable memo may be meant for an order that needs one.
   *
   * @param units atomic units
   * @return {@code false} if it is too little or too much for every order
   */
  public boolean isNearSomeOrder(BigInteger units) {
    return byMemo.size() > 0 && most != null && units.compareTo(least) >= 0 && units.compareTo(most) <= 0;
  }

  @Override
  public boolean mayMatter(Amount amount, @Nullable Memo memo) {
    if (byAddress != null || byAmount.containsKey(amount.units())) {
      return true;
    }
    if (memo == null) {
      return byMemo.size() > 0;
    }
    return memo instanceof Memo.Text text ? byMemo.contains(text.trimmed()) : isNearSomeOrder(amount.units());
  }

  /** The newest order of an amount or address, and before it those whose payments may still be read. */
  private static final class Watch {
    private final String orderId;
    private final long until;
    private @Nullable Watch former;

    private Watch(String orderId, long until, @Nullable Watch former) {
      this.orderId = orderId;
      this.until = until;
      this.former = former;
    }

    /** A former one had the amount to itself as long as it was watched. */
    private Watch at(@Nullable Instant blockTime) {
      Watch owner = this;
      Watch next = former;
      while (next != null && blockTime != null && blockTime.toEpochMilli() <= next.until) {
        owner = next;
        next = next.former;
      }
      return owner;
    }

    private boolean isOverBefore(long millis) {
      for (Watch watch = this; watch != null; watch = watch.former) {
        if (watch.former != null && watch.former.until < millis) {
          watch.former = null;
        }
      }
      return until < millis;
    }
  }
}
