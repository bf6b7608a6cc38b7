package io.x0tta6bl4.payment.spi;

import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.Verification;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.payment.internal.Texts;
import io.x0tta6bl4.payment.internal.matching.HashJudge;
import io.x0tta6bl4.payment.internal.matching.OrderIndex;
import io.x0tta6bl4.payment.internal.matching.ScanJudge;
import io.x0tta6bl4.payment.internal.matching.Wanted;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A verifier of a {@link TransferSource}: the source reads, the shared rules judge. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TransferSourceVerifier implements PaymentVerifier {

  /** How far a block's time may lie ahead of the clock and still count as now. */
  public static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

  /**
   * How far ahead of the clock a scan looks: a clock that is behind must show as {@code FUTURE_TIMESTAMP}, not as payments
   * that are not found.
   */
  private static final Duration LOOK_AHEAD = Duration.ofDays(1);

  /** How long a call may take where {@link VerifierOptions#TIMEOUT} is not set. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private static final int MOST_LOGGED = 5;
  private static final int LONGEST_LOGGED = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(TransferSourceVerifier.class);

  private final TransferSource source;
  private final Clock clock;
  private final Ticker ticker;
  private final Duration timeout;
  private final PaymentObserver observer;
  private volatile boolean closed;

  private TransferSourceVerifier(TransferSource source, VerifierContext context) {
    this.source = source;
    this.clock = context.clock();
    this.ticker = context.ticker();
    this.observer = context.observer();
    this.timeout = context.options().duration(VerifierOptions.TIMEOUT, DEFAULT_TIMEOUT);
  }

  /**
   * Makes a verifier.
   *
   * @param source what it reads from; closed with it
   * @param context settings (of which {@link VerifierOptions#TIMEOUT} matters here), clock and ticker
   * @return the verifier
   * @throws io.x0tta6bl4.payment.ConfigurationException if the timeout is out of range
   */
  public static PaymentVerifier of(TransferSource source, VerifierContext context) {
    return new TransferSourceVerifier(source, context);
  }

  @Override
  public Verification verify(PaymentRequest request, String transactionHash) {
    Wanted wanted = wanted(request);
    String hash = source.canonicalHash(transactionHash);
    Verification verdict;
    try {
      Lookup lookup = source.lookup(hash, request.asset(), wanted.recipient(), Deadline.after(timeout, ticker));
      verdict = HashJudge.judge(wanted, lookup, now());
    } catch (PaymentException e) {
      verdict = unavailable(request, e);
    }
    observer.verified(source.chain(), outcome(verdict));
    return verdict;
  }

  @Override
  public List<Verification> verifyAll(List<PaymentRequest> requests) {
    checkOpen();
    Map<Wallet, List<Wanted>> wallets = new LinkedHashMap<>();
    Map<Wallet, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      Wanted wanted = wanted(requests.get(i));
      Wallet wallet = new Wallet(wanted.recipient(), wanted.request().asset());
      wallets.computeIfAbsent(wallet, w -> new ArrayList<>()).add(wanted);
      places.computeIfAbsent(wallet, w -> new ArrayList<>()).add(i);
    }
    Verification[] verdicts = new Verification[requests.size()];
    Deadline deadline = Deadline.after(timeout, ticker);
    wallets.forEach(
        (wallet, wanted) -> {
          List<Verification> ofWallet = scan(wallet, wanted, deadline);
          List<Integer> where = places.getOrDefault(wallet, List.of());
          for (int i = 0; i < ofWallet.size(); i++) {
            verdicts[where.get(i)] = ofWallet.get(i);
            observer.verified(source.chain(), outcome(ofWallet.get(i)));
          }
        });
    return Arrays.asList(verdicts);
  }

  @Override
  public void close() {
    closed = true;
    source.close();
  }

  private List<Verification> scan(Wallet wallet, List<Wanted> wanted, Deadline deadline) {
    Instant now = now();
    Duration longest = wanted.stream().map(w -> w.request().maxAge()).max(Duration::compareTo).orElseThrow();
    OrderIndex orders = new OrderIndex(wanted);
    try {
      Scan scan =
          source.scan(
              new ScanQuery(wallet.recipient(), wallet.asset(), now.minus(longest), now.plus(LOOK_AHEAD), orders), deadline);
      if (!scan.unreadable().isEmpty()) {
        List<String> first = scan.unreadable().subList(0, Math.min(MOST_LOGGED, scan.unreadable().size()));
        LOG.warn(
            "{}: {} rows of {} could not be read, for instance: {}",
            source.chain(),
            scan.unreadable().size(),
            wallet.recipient(),
            Texts.printable(first.toString(), LONGEST_LOGGED));
      }
      return ScanJudge.judge(orders, scan, now);
    } catch (PaymentException e) {
      return wanted.stream().<Verification>map(w -> unavailable(w.request(), e)).toList();
    }
  }

  private Wanted wanted(PaymentRequest request) {
    checkOpen();
    source.checkAsset(request.asset());
    return new Wanted(request, source.canonicalAddress(request.recipient()));
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the verifier is closed");
    }
  }

  /** Blocks are dated in milliseconds at the finest; without this an age of exactly the maximum would be above it. */
  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private static String outcome(Verification verdict) {
    if (verdict instanceof Verification.Verified) {
      return "verified";
    }
    if (verdict instanceof Verification.Pending) {
      return "pending";
    }
    if (verdict instanceof Verification.Rejected) {
      return "rejected";
    }
    if (verdict instanceof Verification.NotFound) {
      return "not_found";
    }
    return verdict instanceof Verification.Incomplete ? "incomplete" : "unavailable";
  }

  private static Verification unavailable(PaymentRequest request, PaymentException e) {
    LOG.debug("order {}: the provider failed", request.orderId(), e);
    return new Verification.Unavailable(
        request, String.valueOf(e.getMessage()), e.retryAfter().orElse(null), List.of());
  }

  private record Wallet(String recipient, Asset asset) {}
}
