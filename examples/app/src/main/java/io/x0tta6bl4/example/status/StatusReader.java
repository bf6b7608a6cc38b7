package io.x0tta6bl4.example.status;

import io.x0tta6bl4.example.orders.Explorers;
import io.x0tta6bl4.example.orders.OrderJson;
import io.x0tta6bl4.example.orders.OrderView;
import io.x0tta6bl4.example.orders.OrderViews;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.Transfer;
import io.x0tta6bl4.payment.ledger.Claim;
import io.x0tta6bl4.payment.ledger.LedgerStatistics;
import io.x0tta6bl4.payment.ledger.Order;
import io.x0tta6bl4.payment.ledger.OrderState;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the status; what was read within the last second is used again, however many look. Thread-safe. */
public final class StatusReader {

  private static final int ROWS = 50;
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final PaymentLedger ledger;
  private final OrderViews views;
  private final Explorers explorers;
  private final ProviderHealth health;
  private final TrafficHistory traffic;
  private final Supplier<String> bot;
  private final Clock clock;
  private final Instant startedAt;
  private @Nullable Status last;

  /**
   * Makes a reader.
   *
   * @param ledger orders, payments and events
   * @param views how orders look
   * @param explorers where payments are looked up
   * @param health of the providers
   * @param traffic of the last minutes
   * @param bot tells {@code running}, {@code stopped} or {@code none}
   * @param clock tells the present
   */
  public StatusReader(
      PaymentLedger ledger,
      OrderViews views,
      Explorers explorers,
      ProviderHealth health,
      TrafficHistory traffic,
      Supplier<String> bot,
      Clock clock) {
    this.ledger = ledger;
    this.views = views;
    this.explorers = explorers;
    this.health = health;
    this.traffic = traffic;
    this.bot = bot;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /**
   * Reads.
   *
   * @return how the shop fares
   * @throws io.x0tta6bl4.payment.ledger.LedgerException if the ledger's store failed
   */
  synchronized Status read() {
    Instant now = clock.instant();
    Status known = last;
    if (known == null || Duration.between(known.at(), now).compareTo(FRESH) >= 0) {
      known = readAt(now);
      last = known;
    }
    return known;
  }

  private Status readAt(Instant now) {
    LedgerStatistics statistics = ledger.statistics();
    List<String> open = ledger.newest(Set.of(OrderState.OPEN), ROWS).stream().map(Order::id).toList();
    Map<String, OrderView> found = views.find(open);
    return new Status(
        now,
        startedAt,
        statistics.openOrders(),
        statistics.undelivered(),
        statistics.oldestUndelivered(),
        // One may have been paid since, and is among the payments then.
        open.stream().map(found::get).filter(Objects::nonNull).toList(),
        ledger.newestClaims(ROWS).stream().map(this::paid).toList(),
        health.providers(),
        health.scans(),
        bot.get(),
        traffic.flow());
  }

  private Status.Paid paid(Claim claim) {
    Transfer transfer = claim.transfer();
    Asset asset = transfer.amount().asset();
    String hash = transfer.id().transactionHash();
    return new Status.Paid(
        claim.orderId(),
        OrderJson.word(claim.role()),
        transfer.amount().toDecimal(),
        asset.symbol(),
        asset.chain(),
        hash,
        explorers.transaction(asset.chain(), hash).orElse(null),
        transfer.blockTime());
  }
}
