package io.x0tta6bl4.payment.ton.internal;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.http.EventStream;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.http.JsonValue;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.spi.ActivityFeed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hints by tonapi's streaming API, version 2
 * (<a href="https://docs.ton.org/api/streaming/sse">request</a>,
 * <a href="https://docs.ton.org/api/streaming/reference">notifications</a>). The stream does not tell what happened while it
 * was not open, so each opening is a hint for all wallets; so is each failed attempt to open it, which makes it poll.
 */
public final class TonActivityFeed implements ActivityFeed {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** The server sends a comment every five seconds; three of them may be lost. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

  private final Map<TonAddress, String> wallets = new LinkedHashMap<>();
  private final Listener listener;
  private @Nullable EventStream stream;

  private TonActivityFeed(Set<String> addresses, boolean testnet, Listener listener) {
    for (String address : addresses) {
      wallets.put(TonAddress.parse(address, testnet), address);
    }
    if (wallets.isEmpty()) {
      throw new IllegalArgumentException("no wallets: expected at least one to listen for");
    }
    this.listener = listener;
  }

  /**
   * Starts to listen.
   *
   * @param baseUrl tonapi's address
   * @param key the key, without which tonapi does not stream
   * @param addresses the wallets
   * @param testnet whether addresses that are marked for test networks only are accepted
   * @param listener hears the hints
   * @return the feed
   */
  public static ActivityFeed open(
      URI baseUrl, Secret key, Set<String> addresses, boolean testnet, Listener listener) {
    return open(baseUrl, key, addresses, testnet, listener, SILENCE, FIRST_BACK_OFF);
  }

  static ActivityFeed open(
      URI baseUrl,
      Secret key,
      Set<String> addresses,
      boolean testnet,
      Listener listener,
      Duration silence,
      Duration firstBackOff) {
    TonActivityFeed feed = new TonActivityFeed(addresses, testnet, listener);
    URI uri = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/streaming/v2/sse");
    feed.stream =
        EventStream.builder(TonApi.ID, uri)
            .key("Authorization", "Bearer ", key)
            .body(feed.subscription())
            .silence(silence)
            .backOff(firstBackOff, LONGEST_BACK_OFF)
            .open(feed.new Hints());
    return feed;
  }

  @Override
  public boolean isLive() {
    return stream != null && stream.isLive();
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
    }
  }

  private String subscription() {
    ObjectNode request = MAPPER.createObjectNode();
    var addresses = request.putArray("addresses");
    wallets.keySet().forEach(wallet -> addresses.add(wallet.toRaw()));
    // The latter tells of jettons that come without a notification to the wallet.
    request.putArray("types").add("transactions").add("jettons_change");
    request.put("min_finality", "finalized");
    return request.toString();
  }

  private void hintAll() {
    wallets.values().forEach(listener::somethingHappened);
  }

  /** Turns events into hints. */
  private final class Hints implements EventStream.Listener {

    @Override
    public void opened() {
      hintAll();
    }

    @Override
    public void lost() {
      hintAll();
    }

    @Override
    public void event(String data) {
      List<String> concerned;
      try {
        JsonValue event = Json.tree(TonApi.ID, data.getBytes(StandardCharsets.UTF_8));
        if (event.find("status").isPresent()) {
          return;
        }
        concerned =
            event.at("transactions").elements().stream()
                .map(transaction -> wallet(transaction.at("account").text()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
      } catch (MalformedReplyException e) {
        // Another kind of event, or one that cannot be read: it may concern anybody.
        concerned = List.of();
      }
      if (concerned.isEmpty()) {
        hintAll();
      } else {
        concerned.forEach(listener::somethingHappened);
      }
    }

    private Optional<String> wallet(String address) {
      try {
        return Optional.ofNullable(wallets.get(TonAddress.parse(address, true)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
