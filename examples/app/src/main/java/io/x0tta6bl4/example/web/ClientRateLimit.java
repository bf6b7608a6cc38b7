package io.x0tta6bl4.example.web;

import io.x0tta6bl4.payment.http.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket of tokens for each client: so many requests at once, and then so many a minute. Knows the clients seen last only, so
 * that its memory is bounded. Thread-safe.
 */
public final class ClientRateLimit {

  private static final int MOST_CLIENTS = 20_000;
  private static final int IPV6_BYTES = 16;
  private static final long NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  private final int perMinute;
  private final Ticker ticker;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A limit.
   *
   * @param perMinute how many requests, also how many at once
   * @param ticker tells the time that goes by
   */
  public ClientRateLimit(int perMinute, Ticker ticker) {
    if (perMinute < 1) {
      throw new IllegalArgumentException("limit of " + perMinute + " requests a minute: expected at least 1");
    }
    this.perMinute = perMinute;
    this.ticker = ticker;
  }

  /**
   * Takes a token.
   *
   * @param client its address; those of one IPv6 network of 64 bits are one client
   * @return how long to wait where there is none, otherwise empty
   */
  public synchronized Optional<Duration> tryAcquire(String client) {
    long now = ticker.nanoTime();
    long price = NANOS_PER_MINUTE / perMinute;
    Bucket bucket = buckets.computeIfAbsent(network(client), name -> new Bucket(now));
    if (buckets.size() > MOST_CLIENTS) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    // A bucket that is full again holds tokens for one minute.
    long filledSince = Math.max(bucket.emptyAt, now - price * perMinute);
    if (now - filledSince < price) {
      return Optional.of(Duration.ofNanos(price - (now - filledSince)));
    }
    bucket.emptyAt = filledSince + price;
    return Optional.empty();
  }

  private static String network(String client) {
    try {
      byte[] address = InetAddress.ofLiteral(client).getAddress();
      return address.length == IPV6_BYTES ? HexFormat.of().formatHex(address, 0, IPV6_BYTES / 2) : client;
    } catch (IllegalArgumentException e) {
      // What a proxy said need not be an address.
      return client;
    }
  }

  private static final class Bucket {
    private long emptyAt;

    Bucket(long now) {
      emptyAt = now - NANOS_PER_MINUTE;
    }
  }
}
