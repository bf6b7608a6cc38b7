package io.x0tta6bl4.example.status;

import io.x0tta6bl4.payment.ledger.Wallet;
import io.x0tta6bl4.payment.metrics.PaymentObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How the providers of the chains and the scans of the wallets fare, as this process has seen it. Thread-safe. */
public final class ProviderHealth implements PaymentObserver {

  private static final int MINUTES = 5;

  private final Clock clock;
  private final Map<String, Requests> providers = new ConcurrentHashMap<>();
  private final Map<Wallet, Scanned> wallets = new ConcurrentHashMap<>();

  private record Scanned(String outcome, Instant at, @Nullable Instant readUntil) {}

  /**
   * Without anything seen.
   *
   * @param clock tells the present
   */
  public ProviderHealth(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void requestDone(String provider, String endpoint, String outcome, Duration took) {
    providers.computeIfAbsent(provider, name -> new Requests()).add(outcome, clock.instant());
  }

  @Override
  public void scanned(Wallet wallet, String outcome, Duration took, @Nullable Instant readUntil) {
    wallets.put(wallet, new Scanned(outcome, clock.instant(), readUntil));
  }

  @Override
  public void unwatched(Wallet wallet) {
    wallets.remove(wallet);
  }

  /**
   * The providers.
   *
   * @return one for each that was asked, by name
   */
  List<Status.Provider> providers() {
    Instant now = clock.instant();
    List<Status.Provider> all = new ArrayList<>();
    new TreeMap<>(providers).forEach((name, requests) -> all.add(requests.status(name, now)));
    return all;
  }

  /**
   * The wallets that this process watches.
   *
   * @return one for each
   */
  List<Status.Scan> scans() {
    Instant now = clock.instant();
    List<Status.Scan> all = new ArrayList<>();
    wallets.forEach(
        (wallet, scanned) ->
            all.add(
                new Status.Scan(
                    wallet.chain(),
                    wallet.contract(),
                    wallet.address(),
                    scanned.outcome(),
                    scanned.at(),
                    scanned.readUntil() == null ? null : Duration.between(scanned.readUntil(), now))));
    all.sort(Comparator.comparing(scan -> scan.network() + scan.contract()));
    return all;
  }

  /** The requests of one provider, counted by the minute. */
  private static final class Requests {

    private final long[] minutes = new long[MINUTES];
    private final long[] all = new long[MINUTES];
    private final long[] failed = new long[MINUTES];
    private @Nullable Instant lastSuccess;
    private @Nullable Instant lastFailure;
    private String lastFailureOutcome = "";

    synchronized void add(String outcome, Instant now) {
      long minute = now.getEpochSecond() / 60;
      int slot = (int) (minute % MINUTES);
      if (minutes[slot] != minute) {
        minutes[slot] = minute;
        all[slot] = 0;
        failed[slot] = 0;
      }
      all[slot]++;
      if (outcome.equals("ok")) {
        lastSuccess = now;
      } else {
        failed[slot]++;
        lastFailure = now;
        lastFailureOutcome = outcome;
      }
    }

    synchronized Status.Provider status(String name, Instant now) {
      long oldest = now.getEpochSecond() / 60 - MINUTES;
      long requests = 0;
      long failures = 0;
      for (int i = 0; i < MINUTES; i++) {
        if (minutes[i] > oldest) {
          requests += all[i];
          failures += failed[i];
        }
      }
      return new Status.Provider(name, requests, failures, lastSuccess, lastFailure, lastFailureOutcome);
    }
  }
}
