package io.x0tta6bl4.example.status;

import io.x0tta6bl4.example.orders.OrderView;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the shop fares.
 *
 * @param at when it was read
 * @param startedAt when the process began
 * @param openOrders how many, by chain
 * @param undelivered how many events are still to be told
 * @param undeliveredSince when the oldest of them was recorded, null if there is none
 * @param orders the open ones that were opened last
 * @param payments the newest ones
 * @param providers those that were asked
 * @param scans of the wallets that this process watches
 * @param bot {@code running}, {@code stopped} or {@code none}
 * @param traffic what the kernel counts
 */
public record Status(
    Instant at,
    Instant startedAt,
    Map<String, Long> openOrders,
    long undelivered,
    @Nullable Instant undeliveredSince,
    List<OrderView> orders,
    List<Paid> payments,
    List<Provider> providers,
    List<Scan> scans,
    String bot,
    Flow traffic) {

  /** Copies. */
  public Status {
    openOrders = Map.copyOf(openOrders);
    orders = List.copyOf(orders);
    payments = List.copyOf(payments);
    providers = List.copyOf(providers);
    scans = List.copyOf(scans);
  }

  /**
   * A transfer that was claimed for an order.
   *
   * @param order its id
   * @param role what it is for the order
   * @param amount in whole coins
   * @param asset such as USDT
   * @param network such as tron
   * @param transaction the hash
   * @param explorerUrl where to look it up, null if nowhere
   * @param at when its block was made, null where unknown
   */
  public record Paid(
      String order,
      String role,
      BigDecimal amount,
      String asset,
      String network,
      String transaction,
      @Nullable URI explorerUrl,
      @Nullable Instant at) {}

  /**
   * A provider.
   *
   * @param name its name
   * @param requests in the last five minutes
   * @param failures of them
   * @param lastSuccess null if there was none
   * @param lastFailure null if there was none
   * @param lastOutcome of the last failure, such as {@code rate_limited}
   */
  public record Provider(
      String name,
      long requests,
      long failures,
      @Nullable Instant lastSuccess,
      @Nullable Instant lastFailure,
      String lastOutcome) {

    /**
     * Whether it answers.
     *
     * @return false if the last thing that it did was to fail
     */
    public boolean isWell() {
      return lastFailure == null || (lastSuccess != null && !lastSuccess.isBefore(lastFailure));
    }
  }

  /**
   * A wallet that is watched.
   *
   * @param network the chain
   * @param contract of the token, null for the chain's coin
   * @param address the wallet's
   * @param outcome of the last scan
   * @param at when that was
   * @param lag how long ago the wallet was as it is known to be, null before the first whole scan
   */
  public record Scan(
      String network,
      @Nullable String contract,
      String address,
      String outcome,
      Instant at,
      @Nullable Duration lag) {}

  /**
   * The traffic of the last minutes.
   *
   * @param whyNot why there is none to be seen, null if there is
   * @param interval between two of the values
   * @param packets packets a second by class, the newest last
   */
  public record Flow(@Nullable String whyNot, Duration interval, Map<String, List<Long>> packets) {

    /** Copies. */
    public Flow {
      packets = Collections.unmodifiableMap(new LinkedHashMap<>(packets));
    }
  }
}
