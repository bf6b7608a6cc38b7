package io.x0tta6bl4.simulator.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The webhook leg of the server, by WebhookActor.cpp: updates of a chat one after another, the next only after the first is
 * acknowledged by any 2xx; otherwise again after 1 s, doubled up to a minute, or after our Retry-After (at most an hour);
 * dropped after 24 h; 410 for 23 h closes the webhook.
 */
public final class FakeWebhook {

  /**
   * What an update was answered with.
   *
   * @param status the code
   * @param retryAfter what Retry-After says, null if it is not there
   */
  public record Reply(int status, Duration retryAfter) {}

  /** Where updates are posted. */
  public interface Target {
    Reply post(String contentType, String secret, byte[] body) throws IOException;
  }

  private static final Duration EXPIRY = Duration.ofHours(24);
  private static final Duration GONE_FOR = Duration.ofHours(23);

  private final Clock clock;
  private final List<Pending> pending = new ArrayList<>();
  public final List<String> posts = new ArrayList<>();
  private Target target;
  private String url = "";
  private String secret = "";
  private JsonNode settings = JsonMapper.builder().build().createObjectNode();
  private Instant goneSince;
  private Instant lastErrorAt;
  private String lastError;
  public int dropped;

  private static final class Pending {
    private final ObjectNode update;
    private final Instant cameAt;
    private Instant dueAt;
    private Duration delay = Duration.ofSeconds(1);

    private Pending(ObjectNode update, Instant cameAt) {
      this.update = update;
      this.cameAt = cameAt;
      this.dueAt = cameAt;
    }
  }

  public FakeWebhook(Clock clock) {
    this.clock = clock;
  }

  /** Says what stands behind the address. */
  public synchronized void target(Target newTarget) {
    target = newTarget;
  }

  public synchronized void set(String newUrl, String newSecret, JsonNode newSettings) {
    url = newUrl;
    secret = newSecret;
    settings = newSettings;
  }

  public synchronized List<ObjectNode> unset() {
    url = "";
    List<ObjectNode> left = pending.stream().map(p -> p.update).toList();
    pending.clear();
    return left;
  }

  public synchronized boolean isSet() {
    return !url.isEmpty();
  }

  public synchronized void add(ObjectNode update) {
    pending.add(new Pending(update, clock.instant()));
  }

  public synchronized int pending() {
    return pending.size();
  }

  public synchronized void lastError(Instant at, String message) {
    lastErrorAt = at;
    lastError = message;
  }

  public synchronized ObjectNode info() {
    ObjectNode info = JsonMapper.builder().build().createObjectNode();
    info.put("url", url);
    info.put("has_custom_certificate", false);
    info.put("pending_update_count", pending.size());
    if (lastErrorAt != null) {
      info.put("last_error_date", lastErrorAt.getEpochSecond());
      info.put("last_error_message", lastError);
    }
    if (isSet()) {
      info.set("max_connections", settings.path("max_connections"));
      info.set("allowed_updates", settings.path("allowed_updates"));
    }
    return info;
  }

  /** Posts what is due, of each chat at most one; gives how many were posted. */
  public synchronized int deliver() throws IOException {
    Set<Long> queues = new HashSet<>();
    int posted = 0;
    for (Pending next : List.copyOf(pending)) {
      Instant now = clock.instant();
      if (!isSet() || target == null) {
        break;
      }
      if (!queues.add(queue(next.update))) {
        continue;
      }
      if (!next.cameAt.plus(EXPIRY).isAfter(now)) {
        pending.remove(next);
        dropped++;
        continue;
      }
      if (!next.dueAt.isAfter(now)) {
        post(next, now);
        posted++;
      }
    }
    return posted;
  }

  private void post(Pending next, Instant now) throws IOException {
    posts.add(now + " " + next.update.path("update_id").asLong());
    Reply answer = target.post("application/json", secret, next.update.toString().getBytes(UTF_8));
    if (answer.status() >= 200 && answer.status() < 300) {
      pending.remove(next);
      goneSince = null;
      return;
    }
    lastError(now, "Wrong response from the webhook: " + answer.status());
    if (answer.status() == 410) {
      goneSince = goneSince == null ? now : goneSince;
      if (!goneSince.plus(GONE_FOR).isAfter(now)) {
        unset();
        return;
      }
    } else {
      goneSince = null;
    }
    Duration retryAfter = answer.retryAfter();
    Duration pause = next.delay;
    if (retryAfter != null) {
      pause = retryAfter.compareTo(Duration.ofHours(1)) < 0 ? retryAfter : Duration.ofHours(1);
    } else {
      Duration doubled = next.delay.multipliedBy(2);
      next.delay = doubled.compareTo(Duration.ofMinutes(1)) < 0 ? doubled : Duration.ofMinutes(1);
    }
    next.dueAt = now.plus(pause);
  }

  private static long queue(JsonNode update) {
    Map<String, JsonNode> holders = new HashMap<>();
    holders.put("message", update.path("message"));
    holders.put("query", update.path("callback_query").path("message"));
    holders.put("member", update.path("my_chat_member"));
    return holders.values().stream().map(h -> h.path("chat").path("id")).filter(JsonNode::isNumber).findFirst()
        .map(JsonNode::longValue).orElse(0L);
  }
}
