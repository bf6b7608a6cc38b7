package io.x0tta6bl4.payment.internal.matching;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.MatchMode;
import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.spi.TransferFilter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The orders of one wallet and asset, found by what a transfer says: one look-up for a transfer, however many they are. */
public final class OrderIndex implements TransferFilter {

  private final List<Wanted> orders;
  private final Map<String, List<Integer>> byMemo = new HashMap<>();
  private final Map<BigInteger, List<Integer>> byAmount = new HashMap<>();
  private final List<Integer> byAddress = new ArrayList<>();
  private BigInteger leastWithMemo = BigInteger.ZERO;
  private @Nullable BigInteger mostWithMemo;

  /**
   * Indexes orders.
   *
   * @param orders orders of one wallet and asset
   */
  public OrderIndex(List<Wanted> orders) {
    this.orders = List.copyOf(orders);
    for (int i = 0; i < orders.size(); i++) {
      var request = orders.get(i).request();
      switch (request.matchMode()) {
        case MEMO -> {
          byMemo.computeIfAbsent(request.orderId(), k -> new ArrayList<>(1)).add(i);
          BigInteger least = request.leastUnits();
          BigInteger most = request.mostUnits();
          leastWithMemo = mostWithMemo == null ? least : leastWithMemo.min(least);
          mostWithMemo = mostWithMemo == null ? most : mostWithMemo.max(most);
        }
        case AMOUNT -> byAmount.computeIfAbsent(request.amount().units(), k -> new ArrayList<>(1)).add(i);
        case ADDRESS -> byAddress.add(i);
      }
    }
  }

  List<Wanted> orders() {
    return orders;
  }

  /** Whether a transfer brought anything of the asked asset to the wallet; sources are trusted to read, not to judge. */
  boolean concern(Transfer transfer) {
    Wanted any = orders.get(0);
    return transfer.amount().units().signum() > 0
        && transfer.to().equals(any.recipient())
        && transfer.amount().asset().isSameToken(any.request().asset());
  }

  @Override
  public boolean mayMatter(Amount amount, @Nullable Memo memo) {
    if (!byAddress.isEmpty() || byAmount.containsKey(amount.units())) {
      return true;
    }
    if (byMemo.isEmpty()) {
      return false;
    }
    if (memo == null) {
      return true;
    }
    return memo instanceof Memo.Text text
        ? byMemo.containsKey(text.trimmed())
        : isNearSomeOrder(amount.units());
  }

  /** Gives the places in {@link #orders()} of those that the transfer pays by its memo, its amount or its address. */
  List<Integer> matching(BigInteger units, Memo memo) {
    List<Integer> ofMemo =
        memo instanceof Memo.Text text && !byMemo.isEmpty()
            ? byMemo.getOrDefault(text.trimmed(), List.of())
            : List.of();
    List<Integer> ofAmount = byAmount.getOrDefault(units, List.of());
    if (ofAmount.isEmpty() && byAddress.isEmpty()) {
      return ofMemo;
    }
    List<Integer> all = new ArrayList<>(ofMemo);
    all.addAll(ofAmount);
    all.addAll(byAddress);
    return all;
  }

  /** Tells whether a transfer without a readable memo may be meant for one of the orders. */
  boolean isNearSomeOrder(BigInteger units) {
    return mostWithMemo != null && units.compareTo(leastWithMemo) >= 0 && units.compareTo(mostWithMemo) <= 0;
  }

  static boolean isByMemo(Wanted order) {
    return order.request().matchMode() == MatchMode.MEMO;
  }
}
