package io.x0tta6bl4.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.PaymentException;
import io.x0tta6bl4.payment.ProviderUnavailableException;
import io.x0tta6bl4.payment.RateLimitedException;
import io.x0tta6bl4.payment.VerifierOptions;
import io.x0tta6bl4.payment.http.ApiClient;
import io.x0tta6bl4.payment.http.ApiRequest;
import io.x0tta6bl4.payment.http.Deadline;
import io.x0tta6bl4.payment.http.HttpTransport;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.http.JsonValue;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.http.Ticker;
import io.x0tta6bl4.telegram.BotApiException.Failure;
import io.x0tta6bl4.telegram.internal.api.Bodies;
import io.x0tta6bl4.telegram.internal.api.ReplyErrors;
import io.x0tta6bl4.telegram.internal.api.Trees;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the <a href="https://core.telegram.org/bots/api">Telegram Bot API</a> that a shop needs, one request each: nothing is sent again by itself. Thread-safe; close it
 * at the end.
 *
 * <p>Every method blocks for at most ten seconds ({@link #getUpdates} for ten more than it waits) and throws
 * {@link BotApiException} where it does not succeed; an interrupt is {@link Failure#UNKNOWN_OUTCOME}, with the flag set. The
 * token is a part of the address that is called, and in no log, exception or {@code toString}.
 *
 * @since 0.1.0
 */
public final class BotApi implements AutoCloseable {

  /** Where Telegram answers. */
  public static final URI TELEGRAM = URI.create("https://api.telegram.org");

  static final String PROVIDER = "telegram";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Telegram cuts longer waits down to this. */
  private static final Duration LONGEST_POLL = Duration.ofSeconds(50);

  private final BotToken token;
  private final ApiClient client;
  private final Ticker ticker;

  private BotApi(Builder builder) {
    token = builder.token;
    ticker = builder.ticker;
    ApiClient.Builder http =
        ApiClient.builder(PROVIDER, builder.baseUrl)
            .options(
                VerifierOptions.of(
                    Map.of(
                        VerifierOptions.ALLOW_HTTP, Boolean.toString(builder.allowHttp),
                        VerifierOptions.MAX_RETRIES, "0",
                        VerifierOptions.REQUEST_TIMEOUT, LONGEST_POLL.plus(TIMEOUT).toString())))
            .keyInPath("/bot", token.secret())
            .classifier(new ReplyErrors(token.secret()))
            // The limits of messages are the sender's; this one only stops a loop that ran wild.
            .limit(1_000, Duration.ofSeconds(1))
            .ticker(ticker)
            .observer(builder.observer);
    if (builder.transport != null) {
      http.transport(builder.transport);
    }
    client = http.build();
  }

  /**
   * Makes a client of Telegram's own server with the defaults.
   *
   * @param token the bot's token
   * @return the client
   */
  public static BotApi of(BotToken token) {
    return builder(token).build();
  }

  /**
   * Starts a client.
   *
   * @param token the bot's token
   * @return a builder
   */
  public static Builder builder(BotToken token) {
    return new Builder(token);
  }

  /**
   * Gives the bot's number.
   *
   * @return the id in the token
   */
  public long botId() {
    return token.botId();
  }

  /**
   * Asks who the bot is.
   *
   * @return its number and name
   */
  public BotUser getMe() {
    return call(
        "/getMe", Trees.object(), result -> new BotUser(result.at("id").signedNumber(), result.at("username").text()));
  }

  /**
   * Sends a text.
   *
   * @param chatId where
   * @param text what
   * @return the id of the message in its chat
   */
  public long sendMessage(long chatId, MessageText text) {
    return call("/sendMessage", Bodies.text(chatId, text), result -> result.at("message_id").longNumber());
  }

  /**
   * Replaces text and buttons of a message of the bot.
   *
   * @param chatId where
   * @param messageId which
   * @param text what it shows from now on
   */
  public void editMessageText(long chatId, long messageId, MessageText text) {
    ObjectNode body = Bodies.text(chatId, text);
    body.put("message_id", messageId);
    call("/editMessageText", body);
  }

  /**
   * Deletes a message.
   *
   * @param chatId where
   * @param messageId which
   */
  public void deleteMessage(long chatId, long messageId) {
    ObjectNode body = Trees.object();
    body.put("chat_id", chatId);
    body.put("message_id", messageId);
    call("/deleteMessage", body);
  }

  /**
   * Answers a pressed button, which ends its waiting animation.
   *
   * @param queryId which press
   * @param text shown for a moment, at most 200 characters; empty to show nothing
   */
  public void answerCallbackQuery(String queryId, String text) {
    ObjectNode body = Trees.object();
    body.put("callback_query_id", queryId);
    if (!text.isEmpty()) {
      body.put("text", text);
    }
    call("/answerCallbackQuery", body);
  }

  /**
   * Sends a picture.
   *
   * @param chatId where
   * @param png the picture, at most 10 MB
   * @param caption escaped HTML, at most 1024 characters; possibly empty
   * @return the id of the message in its chat
   */
  public long sendPhoto(long chatId, byte[] png, String caption) {
    return send(
        ApiRequest.post("/sendPhoto", Bodies.photo(chatId, png, caption)),
        TIMEOUT,
        result -> result.at("message_id").longNumber());
  }

  /**
   * Has updates sent to an address. Replaces what was set before.
   *
   * @param url https, on port 443, 80, 88 or 8443
   * @param secret sent along with each update, 1 to 256 characters of {@code [A-Za-z0-9_-]}
   * @param maxConnections how many are sent at once, 1 to 100
   * @param allowedUpdates which kinds
   */
  public void setWebhook(URI url, Secret secret, int maxConnections, List<String> allowedUpdates) {
    ObjectNode body = Trees.object();
    body.put("url", url.toString());
    body.put("secret_token", secret.reveal());
    body.put("max_connections", maxConnections);
    allowedUpdates.forEach(body.putArray("allowed_updates")::add);
    call("/setWebhook", body);
  }

  /** Has updates kept for {@link #getUpdates}; those that wait are kept too. */
  public void deleteWebhook() {
    ObjectNode body = Trees.object();
    body.put("drop_pending_updates", false);
    call("/deleteWebhook", body);
  }

  /**
   * Asks what is set as webhook, and how it fares.
   *
   * @return what Telegram says
   */
  public WebhookInfo getWebhookInfo() {
    return call(
        "/getWebhookInfo",
        Trees.object(),
        result ->
            new WebhookInfo(
                result.textOr("url", ""),
                result.find("pending_update_count").map(JsonValue::longNumber).orElse(0L),
                result.find("last_error_date").map(JsonValue::longNumber).map(Instant::ofEpochSecond).orElse(null),
                result.find("last_error_message").map(JsonValue::text).orElse(null),
                result.find("max_connections").map(JsonValue::longNumber).orElse(0L),
                result.texts("allowed_updates")));
  }

  /**
   * Waits for updates. Those below the offset are confirmed by this, and never come again.
   *
   * @param offset the least id to give; 0 for all that wait
   * @param limit at most how many, 1 to 100
   * @param wait how long to wait for the first one, 0 to 50 s
   * @param allowedUpdates which kinds
   * @return the updates, possibly none
   */
  public List<RawUpdate> getUpdates(long offset, int limit, Duration wait, List<String> allowedUpdates) {
    ObjectNode body = Trees.object();
    if (offset != 0) {
      body.put("offset", offset);
    }
    body.put("limit", limit);
    body.put("timeout", wait.toSeconds());
    allowedUpdates.forEach(body.putArray("allowed_updates")::add);
    return guarded(
        () ->
            client.get(
                ApiRequest.post("/getUpdates", Bodies.json(body)), Deadline.after(wait.plus(TIMEOUT), ticker), BotApi::updates));
  }

  private static List<RawUpdate> updates(byte[] answer) {
    JsonNode root = Trees.readOrNull(answer);
    JsonNode result = root == null ? null : root.get("result");
    if (result == null || !result.isArray()) {
      throw new BotApiException(Failure.UNKNOWN_OUTCOME, "the answer has no array of updates", null, 200);
    }
    List<RawUpdate> updates = new ArrayList<>();
    for (JsonNode update : result) {
      if (update.path("update_id").canConvertToLong()) {
        updates.add(new RawUpdate(update.path("update_id").longValue(), update.toString()));
      }
    }
    return updates;
  }

  private void call(String method, ObjectNode body) {
    boolean unused = call(method, body, result -> true);
  }

  private <T> T call(String method, ObjectNode body, Function<JsonValue, T> reader) {
    return send(ApiRequest.post(method, Bodies.json(body)), TIMEOUT, reader);
  }

  private <T> T send(ApiRequest request, Duration timeout, Function<JsonValue, T> reader) {
    return guarded(
        () ->
            client.get(
                request,
                Deadline.after(timeout, ticker),
                answer -> {
                  Optional<JsonValue> result = Json.tree(PROVIDER, answer).find("result");
                  // Servers for tests answer null where Telegram says true.
                  return reader.apply(result.orElseGet(() -> Json.tree(PROVIDER, EMPTY)));
                }));
  }

  private static final byte[] EMPTY = {'{', '}'};

  private interface Call<T> {
    T send();
  }

  private static <T> T guarded(Call<T> call) {
    try {
      return call.send();
    } catch (BotApiException e) {
      throw e;
    } catch (PaymentException e) {
      throw translated(e);
    }
  }

  private static BotApiException translated(PaymentException e) {
    boolean notSent =
        (e instanceof ProviderUnavailableException unavailable && unavailable.isNotSent())
            || (e instanceof RateLimitedException && e.httpStatus().isEmpty());
    String message = String.valueOf(e.getMessage());
    BotApiException translated =
        new BotApiException(
            notSent ? Failure.NOT_SENT : Failure.UNKNOWN_OUTCOME,
            message.startsWith(PROVIDER + ": ") ? message.substring(PROVIDER.length() + 2) : message,
            e.retryAfter().orElse(null),
            0);
    translated.addSuppressed(e);
    return translated;
  }

  /** Releases connections. Idempotent. */
  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "BotApi[" + token + "]";
  }

  /** Collects the parts of a {@link BotApi}. Not thread-safe. */
  public static final class Builder {
    private final BotToken token;
    private URI baseUrl = TELEGRAM;
    private boolean allowHttp;
    private @Nullable HttpTransport transport;
    private Ticker ticker = Ticker.system();
    private TelegramObserver observer = TelegramObserver.NONE;

    private Builder(BotToken token) {
      this.token = token;
    }

    /**
     * Sets which server is called, for instance a Bot API server of one's own; Telegram's if not called.
     *
     * @param newBaseUrl https; http for a loopback host where {@link #allowHttp} says so
     * @return this
     */
    public Builder baseUrl(URI newBaseUrl) {
      baseUrl = newBaseUrl;
      return this;
    }

    /**
     * Sets whether http will do for a loopback host; not if not called.
     *
     * @param allow whether it will
     * @return this
     */
    public Builder allowHttp(boolean allow) {
      allowHttp = allow;
      return this;
    }

    /**
     * Sends requests another way than by the JDK's HTTP client.
     *
     * @param newTransport the transport; closed with the client
     * @return this
     */
    public Builder transport(HttpTransport newTransport) {
      transport = newTransport;
      return this;
    }

    /**
     * Sets the time that waits are measured by.
     *
     * @param newTicker the ticker; the system's if not called
     * @return this
     */
    public Builder ticker(Ticker newTicker) {
      ticker = newTicker;
      return this;
    }

    /**
     * Sets who is told of requests, for metrics.
     *
     * @param newObserver nobody if not called
     * @return this
     */
    public Builder observer(TelegramObserver newObserver) {
      observer = newObserver;
      return this;
    }

    /**
     * Makes the client. Does no I/O and starts no thread.
     *
     * @return the client
     * @throws io.x0tta6bl4.payment.ConfigurationException if the base URL may not be used
     */
    public BotApi build() {
      return new BotApi(this);
    }
  }
}
