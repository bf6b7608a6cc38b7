package io.x0tta6bl4.simulator.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.x0tta6bl4.payment.http.ApiRequest;
import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.payment.http.HttpTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict Bot API server: it refuses what the real one refuses, in the real one's words, and its webhook leg retries as the
 * real one does. Written from the source of the official server (Client.cpp, WebhookActor.cpp). Thread-safe.
 */
public final class FakeTelegram implements HttpTransport {

  public static final String TOKEN = "4242:AAE-secret_token_of_the_tests";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern PATH = Pattern.compile("/bot([^/]+)/(\\w+)");
  private static final Pattern TAG = Pattern.compile("</?(\\w+)>");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  /** A message as its chat shows it. */
  public static final class Shown {
    public final long id;
    public final Instant sentAt;
    public String text;
    public String markup;
    public int edits;

    Shown(long id, Instant sentAt, String text, String markup) {
      this.id = id;
      this.sentAt = sentAt;
      this.text = text;
      this.markup = markup;
    }

    /** Gives what the button with a text tells. */
    public String button(String label) throws IOException {
      for (JsonNode row : JSON.readTree(markup).path("inline_keyboard")) {
        for (JsonNode button : row) {
          if (button.path("text").asText().equals(label)) {
            return button.path("callback_data").asText(button.path("url").asText());
          }
        }
      }
      throw new AssertionError("no button '" + label + "' in " + markup);
    }
  }

  /** One call that came in. */
  public record Call(Instant at, String method, long chatId, JsonNode body) {}

  /** What goes wrong with one call. */
  public enum Fault {
    NO_CONNECTION,
    LOST_BEFORE,
    LOST_AFTER,
    BAD_GATEWAY_BEFORE,
    BAD_GATEWAY_AFTER,
    TOO_MANY,
    UNAUTHORIZED,
    CONFLICT,
    CRASH_BEFORE,
    CRASH_AFTER
  }

  /** The process dies: nothing of what follows in the bot is run. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private record Planned(String method, Fault fault) {}

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final int retryAfter;

    Refused(int code, String description) {
      this(code, description, 0);
    }

    Refused(int code, String description, int retryAfter) {
      super(description);
      this.code = code;
      this.retryAfter = retryAfter;
    }
  }

  private final Clock clock;
  public final List<Call> calls = new ArrayList<>();
  private final Deque<Planned> planned = new ArrayDeque<>();
  private final Map<Long, LinkedHashMap<Long, Shown>> chats = new HashMap<>();
  private final Map<Long, String> closed = new HashMap<>();
  private final Map<Long, Instant> floodedUntil = new HashMap<>();
  private final Map<String, Instant> queries = new HashMap<>();
  private final List<ObjectNode> pending = new ArrayList<>();
  private final FakeWebhook webhook;
  private long updateIds = 100;
  private long messageIds;
  private int retryAfter = 7;

  /** Whether the limits are enforced by 429: one call a second for a chat, 30 for all. */
  public boolean enforcesLimits;

  public FakeTelegram(Clock clock) {
    this.clock = clock;
    this.webhook = new FakeWebhook(clock);
  }

  // What a test says.

  public synchronized void fail(String method, Fault... faults) {
    for (Fault fault : faults) {
      planned.add(new Planned(method, fault));
    }
  }

  public synchronized void retryAfter(int seconds) {
    retryAfter = seconds;
  }

  /** A chat answers 403 from now on, with this text. */
  public synchronized void close(long chatId, String text) {
    closed.put(chatId, text);
  }

  public synchronized void open(long chatId) {
    closed.remove(chatId);
  }

  public synchronized List<Shown> chat(long chatId) {
    return new ArrayList<>(chats.getOrDefault(chatId, new LinkedHashMap<>()).values());
  }

  public synchronized void forget(long chatId, long messageId) {
    chats.get(chatId).remove(messageId);
  }

  public synchronized List<Call> calls(String method) {
    return calls.stream().filter(call -> call.method.equals(method)).toList();
  }

  public FakeWebhook webhook() {
    return webhook;
  }

  public synchronized ObjectNode write(long chatId, String language, String text) {
    ObjectNode update = update();
    ObjectNode message = update.putObject("message");
    message.put("message_id", ++messageIds);
    message.put("date", clock.instant().getEpochSecond());
    chat(message.putObject("chat"), chatId);
    user(message.putObject("from"), chatId, language);
    message.put("text", text);
    return arrived(update);
  }

  public synchronized ObjectNode press(long chatId, String language, String data) {
    ObjectNode update = update();
    ObjectNode query = update.putObject("callback_query");
    String id = "q" + update.path("update_id").asLong();
    queries.put(id, clock.instant());
    query.put("id", id);
    user(query.putObject("from"), chatId, language);
    ObjectNode message = query.putObject("message");
    message.put("message_id", 1);
    message.put("date", 0);
    chat(message.putObject("chat"), chatId);
    query.put("chat_instance", "1");
    query.put("data", data);
    return arrived(update);
  }

  public synchronized ObjectNode membership(long chatId, String status) {
    ObjectNode update = update();
    ObjectNode member = update.putObject("my_chat_member");
    chat(member.putObject("chat"), chatId);
    user(member.putObject("from"), chatId, "en");
    member.put("date", clock.instant().getEpochSecond());
    member.putObject("new_chat_member").put("status", status);
    return arrived(update);
  }

  private ObjectNode update() {
    ObjectNode update = JSON.createObjectNode();
    update.put("update_id", ++updateIds);
    return update;
  }

  /** After a week without updates the next number is random. */
  public synchronized void jumpTo(long updateId) {
    updateIds = updateId - 1;
  }

  private static void chat(ObjectNode chat, long id) {
    chat.put("id", id);
    chat.put("type", id < 0 ? "group" : "private");
  }

  private static void user(ObjectNode user, long id, String language) {
    user.put("id", Math.abs(id));
    user.put("is_bot", false);
    user.put("first_name", "Buyer");
    user.put("language_code", language);
  }

  private ObjectNode arrived(ObjectNode update) {
    if (webhook.isSet()) {
      webhook.add(update);
    } else {
      pending.add(update);
    }
    return update;
  }

  public synchronized int pending() {
    return pending.size();
  }

  // What a client says.

  @Override
  public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) {
    throw new AssertionError("the adapter posts only, but asked for " + uri.getPath());
  }

  @Override
  public ApiResponse post(URI uri, Map<String, String> headers, ApiRequest.Body body, Duration timeout)
      throws IOException {
    Matcher path = PATH.matcher(uri.getPath());
    if (!path.matches()) {
      return json(404, error(new Refused(404, "Not Found")));
    }
    return answer(path.group(1), path.group(2), body.contentType(), body.bytes());
  }

  /** Answers a call; an {@link IOException} stands for a connection that breaks. */
  public synchronized ApiResponse answer(String token, String method, String contentType, byte[] bytes) throws IOException {
    JsonNode body = contentType.startsWith("multipart/") ? form(new String(bytes, UTF_8)) : JSON.readTree(bytes);
    Fault fault = fault(method);
    if (fault == Fault.NO_CONNECTION) {
      throw new ConnectException("refused");
    }
    calls.add(new Call(clock.instant(), method, body.path("chat_id").asLong(), body));
    if (fault == Fault.LOST_BEFORE) {
      throw new IOException("connection reset");
    }
    if (fault == Fault.CRASH_BEFORE) {
      throw new Crash();
    }
    if (fault == Fault.BAD_GATEWAY_BEFORE) {
      return badGateway();
    }
    ApiResponse answer;
    try {
      refuse(fault);
      if (!token.equals(TOKEN)) {
        throw new Refused(401, "Unauthorized");
      }
      ObjectNode ok = JSON.createObjectNode();
      ok.put("ok", true);
      ok.set("result", result(method, body));
      answer = json(200, ok);
    } catch (Refused e) {
      answer = json(e.code, error(e));
    }
    if (fault == Fault.CRASH_AFTER) {
      throw new Crash();
    }
    if (fault == Fault.LOST_AFTER) {
      throw new IOException("connection reset");
    }
    return fault == Fault.BAD_GATEWAY_AFTER ? badGateway() : answer;
  }

  private Fault fault(String method) {
    for (var faults = planned.iterator(); faults.hasNext(); ) {
      Planned next = faults.next();
      if (next.method.equals(method)) {
        faults.remove();
        return next.fault;
      }
    }
    return null;
  }

  private void refuse(Fault fault) throws Refused {
    if (fault == Fault.TOO_MANY) {
      throw new Refused(429, "Too Many Requests: retry after " + retryAfter, retryAfter);
    }
    if (fault == Fault.UNAUTHORIZED) {
      throw new Refused(401, "Unauthorized");
    }
    if (fault == Fault.CONFLICT) {
      throw new Refused(
          409,
          "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
    }
  }

  private static ApiResponse badGateway() {
    return new ApiResponse(502, Map.of("Content-Type", "text/html"), "<html><h1>502 Bad Gateway</h1></html>".getBytes(UTF_8));
  }

  private static ApiResponse json(int status, ObjectNode node) {
    return new ApiResponse(status, Map.of("Content-Type", "application/json"), node.toString().getBytes(UTF_8));
  }

  private static ObjectNode error(Refused e) {
    ObjectNode node = JSON.createObjectNode();
    node.put("ok", false);
    node.put("error_code", e.code);
    node.put("description", e.getMessage());
    if (e.retryAfter > 0) {
      node.putObject("parameters").put("retry_after", e.retryAfter);
    }
    return node;
  }

  private static JsonNode form(String text) {
    ObjectNode node = JSON.createObjectNode();
    Matcher part = Pattern.compile("name=\"(\\w+)\"(; filename=\"[^\"]*\")?\r\n(?:Content-Type: [^\r]*\r\n)?\r\n(.*?)\r\n--", Pattern.DOTALL).matcher(text);
    while (part.find()) {
      node.put(part.group(1), part.group(2) == null ? part.group(3) : "(a file)");
    }
    return node;
  }

  private JsonNode result(String method, JsonNode body) throws Refused {
    return switch (method) {
      case "getMe" -> JSON.createObjectNode().put("id", 4242).put("is_bot", true).put("username", "shop_bot");
      case "sendMessage" -> send(body, body.path("text").asText());
      case "sendPhoto" -> send(body, "(photo)");
      case "editMessageText" -> edit(body);
      case "deleteMessage" -> delete(body);
      case "answerCallbackQuery" -> answerQuery(body);
      case "setWebhook" -> setWebhook(body);
      case "deleteWebhook" -> deleteWebhook();
      case "getWebhookInfo" -> webhook.info();
      case "getUpdates" -> updates(body);
      default -> throw new Refused(404, "Not Found");
    };
  }

  private long reachable(JsonNode body) throws Refused {
    long chatId = body.path("chat_id").asLong();
    String text = closed.get(chatId);
    if (text != null) {
      throw new Refused(text.startsWith("Bad Request") ? 400 : 403, text);
    }
    limit(chatId);
    return chatId;
  }

  private void limit(long chatId) throws Refused {
    if (!enforcesLimits) {
      return;
    }
    Instant now = clock.instant();
    Instant flooded = floodedUntil.get(chatId);
    long all = 0;
    long chat = 0;
    // The call itself is in the list already.
    for (int i = calls.size() - 1; i >= 0 && calls.get(i).at.isAfter(now.minusSeconds(1)); i--) {
      all += isMessage(calls.get(i)) ? 1 : 0;
      chat += isMessage(calls.get(i)) && calls.get(i).chatId == chatId ? 1 : 0;
    }
    if (chat > 1 || all > 30 || (flooded != null && now.isBefore(flooded))) {
      floodedUntil.put(chatId, now.plusSeconds(3));
      throw new Refused(429, "Too Many Requests: retry after 3", 3);
    }
  }

  public static boolean isMessage(Call call) {
    return call.method.equals("sendMessage") || call.method.equals("editMessageText") || call.method.equals("sendPhoto");
  }

  private JsonNode send(JsonNode body, String text) throws Refused {
    long chatId = reachable(body);
    String plain = checkText(text, body);
    Shown shown = new Shown(++messageIds, clock.instant(), plain, body.path("reply_markup").toString());
    chats.computeIfAbsent(chatId, id -> new LinkedHashMap<>()).put(shown.id, shown);
    return message(chatId, shown.id);
  }

  private JsonNode edit(JsonNode body) throws Refused {
    long chatId = reachable(body);
    Shown shown = chats.getOrDefault(chatId, new LinkedHashMap<>()).get(body.path("message_id").asLong());
    if (shown == null) {
      throw new Refused(400, "Bad Request: message to edit not found");
    }
    String plain = checkText(body.path("text").asText(), body);
    String markup = body.path("reply_markup").toString();
    if (shown.text.equals(plain) && shown.markup.equals(markup)) {
      throw new Refused(
          400,
          "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a"
              + " current content and reply markup of the message");
    }
    shown.text = plain;
    shown.markup = markup;
    shown.edits++;
    return message(chatId, shown.id);
  }

  private static JsonNode message(long chatId, long id) {
    ObjectNode message = JSON.createObjectNode().put("message_id", id).put("date", 0);
    message.putObject("chat").put("id", chatId).put("type", "private");
    return message;
  }

  private JsonNode delete(JsonNode body) throws Refused {
    long chatId = reachable(body);
    if (chats.getOrDefault(chatId, new LinkedHashMap<>()).remove(body.path("message_id").asLong()) == null) {
      throw new Refused(400, "Bad Request: message to delete not found");
    }
    return JSON.getNodeFactory().booleanNode(true);
  }

  private JsonNode answerQuery(JsonNode body) throws Refused {
    Instant asked = queries.remove(body.path("callback_query_id").asText());
    if (asked == null || asked.plusSeconds(15).isBefore(clock.instant())) {
      throw new Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
    }
    return JSON.getNodeFactory().booleanNode(true);
  }

  /** Reads the HTML mode as strictly as the adapter needs it: known tags, closed in order, known entities. */
  private static String checkText(String text, JsonNode body) throws Refused {
    if (!body.path("parse_mode").asText().equals("HTML")) {
      throw new AssertionError("parse_mode " + body.path("parse_mode"));
    }
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(text);
    StringBuilder rest = new StringBuilder();
    while (tags.find()) {
      tags.appendReplacement(rest, "");
      boolean closes = tags.group().startsWith("</");
      if (!tags.group(1).matches("b|code") || (closes && (open.isEmpty() || !open.pop().equals(tags.group(1))))) {
        throw new Refused(400, "Bad Request: can't parse entities: Unsupported start tag or unmatched end tag");
      }
      if (!closes) {
        open.push(tags.group(1));
      }
    }
    tags.appendTail(rest);
    String plain = rest.toString();
    if (!open.isEmpty() || plain.matches("(?s).*[<>].*") || plain.matches("(?s).*&(?!(amp|lt|gt|quot);).*")) {
      throw new Refused(400, "Bad Request: can't parse entities: Can't find end tag");
    }
    String shown = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    if (shown.isBlank()) {
      throw new Refused(400, "Bad Request: message text is empty");
    }
    if (shown.length() > 4096) {
      throw new Refused(400, "Bad Request: message is too long");
    }
    for (JsonNode row : body.path("reply_markup").path("inline_keyboard")) {
      for (JsonNode button : row) {
        int length = button.path("callback_data").asText("").getBytes(UTF_8).length;
        if (length > 64 || (length == 0 && !button.path("url").asText("").matches("(https?|tg)://.+"))) {
          throw new Refused(400, "Bad Request: BUTTON_DATA_INVALID");
        }
      }
    }
    return shown;
  }

  private JsonNode setWebhook(JsonNode body) throws Refused {
    String secret = body.path("secret_token").asText();
    if (secret.length() > 256) {
      throw new Refused(400, "Bad Request: secret token is too long");
    }
    if (!SECRET.matcher(secret).matches()) {
      throw new Refused(400, "Bad Request: secret token contains unallowed characters");
    }
    URI url = URI.create(body.path("url").asText());
    int port = url.getPort() < 0 ? 443 : url.getPort();
    if (!"https".equals(url.getScheme())) {
      throw new Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
    }
    if (!List.of(443, 80, 88, 8443).contains(port)) {
      throw new Refused(400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
    }
    webhook.set(url.toString(), secret, body);
    pending.forEach(webhook::add);
    pending.clear();
    return JSON.getNodeFactory().booleanNode(true);
  }

  private JsonNode deleteWebhook() {
    pending.addAll(webhook.unset());
    return JSON.getNodeFactory().booleanNode(true);
  }

  private JsonNode updates(JsonNode body) throws Refused {
    if (webhook.isSet()) {
      throw new Refused(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
    }
    long offset = body.path("offset").asLong(0);
    pending.removeIf(update -> update.path("update_id").asLong() < offset);
    ArrayNode updates = JSON.createArrayNode();
    pending.stream().limit(body.path("limit").asLong(100)).forEach(updates::add);
    return updates;
  }

  @Override
  public void close() {
    // It is the test's, not the client's.
  }
}
