package io.x0tta6bl4.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.x0tta6bl4.payment.ConfigurationException;
import io.x0tta6bl4.payment.http.ApiRequest;
import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.payment.http.HttpTransport;
import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.telegram.BotApiException.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotApiTest {

  private static final BotToken TOKEN = BotToken.of("4242:AAE-secret_token");

  private final List<URI> uris = new ArrayList<>();
  private final List<ApiRequest.Body> bodies = new ArrayList<>();
  private final List<Duration> timeouts = new ArrayList<>();
  private int status = 200;
  private String answer = "{\"ok\":true,\"result\":true}";
  private IOException failure;

  private final BotApi api =
      BotApi.builder(TOKEN)
          .transport(
              new HttpTransport() {
                @Override
                public ApiResponse get(URI uri, Map<String, String> headers, Duration timeout) {
                  throw new AssertionError("only posts are sent");
                }

                @Override
                public ApiResponse post(URI uri, Map<String, String> headers, ApiRequest.Body body, Duration timeout)
                    throws IOException {
                  uris.add(uri);
                  bodies.add(body);
                  timeouts.add(timeout);
                  if (failure != null) {
                    throw failure;
                  }
                  return new ApiResponse(status, Map.of(), answer.getBytes(UTF_8));
                }

                @Override
                public void close() {}
              })
          .ticker(new VirtualTime())
          .build();

  private BotApiException failure() {
    BotApiException e =
        catchThrowableOfType(BotApiException.class, () -> api.sendMessage(7, MessageText.of("x")));
    assertThat(e).as("a failure").isNotNull();
    return e;
  }

  private BotApiException failure(int newStatus, String newAnswer) {
    status = newStatus;
    answer = newAnswer;
    return failure();
  }

  private static String refusal(int code, String description) {
    return "{\"ok\":false,\"error_code\":" + code + ",\"description\":\"" + description + "\"}";
  }

  private JsonNode body() {
    try {
      return JsonMapper.builder().build().readTree(bodies.get(bodies.size() - 1).bytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | Forbidden: bot was blocked by the user                       | BLOCKED",
        "403 | Forbidden: user is deactivated                               | DEACTIVATED",
        "403 | Forbidden: bot was kicked from the group chat                | NOT_A_MEMBER",
        "403 | Forbidden: bot is not a member of the channel chat           | NOT_A_MEMBER",
        "403 | Forbidden: bot can't initiate conversation with a user       | FORBIDDEN",
        "400 | Bad Request: chat not found                                  | CHAT_NOT_FOUND",
        "400 | Bad Request: message is not modified: specified new message content and reply markup are exactly the same |"
            + " NOT_MODIFIED",
        "400 | Bad Request: message to edit not found                       | MESSAGE_GONE",
        "400 | Bad Request: message can't be edited                         | MESSAGE_GONE",
        "400 | Bad Request: MESSAGE_ID_INVALID                              | MESSAGE_GONE",
        "400 | Bad Request: query is too old and response timeout expired or query ID is invalid | QUERY_TOO_OLD",
        "400 | Bad Request: can't parse entities                            | BAD_REQUEST",
        "401 | Unauthorized                                                 | UNAUTHORIZED",
        "404 | Not Found                                                    | UNAUTHORIZED",
        "409 | Conflict: terminated by other getUpdates request             | CONFLICT",
        "413 | Request Entity Too Large                                     | BAD_REQUEST",
        "429 | Too Many Requests: retry after 5                             | TOO_MANY_REQUESTS",
        "500 | Internal Server Error                                        | UNKNOWN_OUTCOME",
      })
  void tellsTheReasonsApart(int code, String description, Failure expected) {
    BotApiException e = failure(code, refusal(code, description));

    assertThat(e.failure()).isEqualTo(expected);
    assertThat(e.httpStatus()).hasValue(code);
    assertThat(e).hasMessageContaining(description.substring(0, 9));
  }

  @Test
  void tellsHowLongToWait() {
    BotApiException e =
        failure(
            429,
            "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 10072\","
                + "\"parameters\":{\"retry_after\":10072}}");

    assertThat(e.retryAfter()).contains(Duration.ofSeconds(10_072));
    assertThat(failure(429, "<html>slow down</html>").retryAfter()).as("a proxy's 429").contains(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{\"ok\":true}", "{\"ok\":true,\"result\":{}}", "[]", "{\"ok\":true,\"result\":{\"message_id\":\"x\"}}"})
  void anAnswerThatCannotBeReadLeavesTheOutcomeOpen(String text) {
    assertThat(failure(200, text).failure()).isEqualTo(Failure.UNKNOWN_OUTCOME);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404})
  void aProxysPageSaysNothingOfTheToken(int status) {
    assertThat(failure(status, "<html>no such page</html>").failure()).isEqualTo(Failure.NOT_SENT);
  }

  @Test
  void knowsWhatSurelyWasNotSent() {
    failure = new java.net.ConnectException("refused");
    assertThat(failure().failure()).isEqualTo(Failure.NOT_SENT);
    failure = new IOException("connection reset");
    assertThat(failure().failure()).isEqualTo(Failure.UNKNOWN_OUTCOME);
  }

  @Test
  void sendsNothingTwice() {
    failure = new IOException("connection reset");
    failure();
    assertThat(uris).hasSize(1);
  }

  @Test
  void showsTheTokenNowhere() {
    List<Throwable> thrown = new ArrayList<>();
    thrown.add(failure(500, "no /bot4242:AAE-secret_token/sendMessage"));
    thrown.add(failure(400, refusal(400, "Bad Request: 4242:AAE-secret_token")));
    failure = new IOException("https://api.telegram.org/bot4242:AAE-secret_token/sendMessage");
    thrown.add(failure());
    for (Throwable e : thrown) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      assertThat(text.toString()).doesNotContain("secret_token");
    }
    assertThat(TOKEN.toString() + api + TOKEN.secret()).isEqualTo("bot 4242BotApi[bot 4242]***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "12:", "12:a/b", "12:a b", "x12:abc", "12:abc?x", "1234567890123456789:abc"})
  void refusesATokenOfAnotherFormWithoutShowingIt(String token) {
    assertThatThrownBy(() -> BotToken.of(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("bot token of " + token.length() + " characters");
  }

  @Test
  void callsAnotherServerWhereToldTo() {
    assertThatThrownBy(() -> BotApi.builder(TOKEN).baseUrl(URI.create("http://bots.example")).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("http://bots.example");
    BotApi.builder(TOKEN).baseUrl(URI.create("http://127.0.0.1:8081")).allowHttp(true).build().close();
  }

  @Test
  void sendsATextWithButtons() {
    answer = "{\"ok\":true,\"result\":{\"message_id\":17}}";

    long id =
        api.sendMessage(
            -100123,
            new MessageText(
                "<b>x</b>",
                List.of(List.of(Button.telling("a", "b"), Button.opening("c", URI.create("https://d.example"))))));

    assertThat(id).isEqualTo(17);
    assertThat(uris).containsExactly(URI.create("https://api.telegram.org/bot4242:AAE-secret_token/sendMessage"));
    assertThat(body())
        .hasToString(
            "{\"chat_id\":-100123,\"text\":\"<b>x</b>\",\"parse_mode\":\"HTML\",\"link_preview_options\":{\"is_disabled\":true},"
                + "\"reply_markup\":{\"inline_keyboard\":[[{\"text\":\"a\",\"callback_data\":\"b\"},"
                + "{\"text\":\"c\",\"url\":\"https://d.example\"}]]}}");
  }

  @Test
  void editsAnswersAndDeletes() {
    api.editMessageText(7, 8, MessageText.of("x"));
    assertThat(body().path("message_id").asLong()).isEqualTo(8);
    api.answerCallbackQuery("q1", "");
    assertThat(body()).hasToString("{\"callback_query_id\":\"q1\"}");
    api.answerCallbackQuery("q1", "hm");
    assertThat(body()).hasToString("{\"callback_query_id\":\"q1\",\"text\":\"hm\"}");
    api.deleteMessage(7, 8);
    assertThat(body()).hasToString("{\"chat_id\":7,\"message_id\":8}");
    assertThat(uris).extracting(uri -> uri.getPath().replaceAll(".*/", ""))
        .containsExactly("editMessageText", "answerCallbackQuery", "answerCallbackQuery", "deleteMessage");
  }

  @Test
  void sendsAPictureAsAForm() {
    answer = "{\"ok\":true,\"result\":{\"message_id\":18}}";

    assertThat(api.sendPhoto(7, "PNG".getBytes(UTF_8), "Заказ")).isEqualTo(18);

    ApiRequest.Body form = bodies.get(0);
    String boundary = form.contentType().replaceFirst("multipart/form-data; boundary=", "");
    assertThat(new String(form.bytes(), UTF_8))
        .startsWith("--" + boundary + "\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--")
        .contains("name=\"caption\"\r\n\r\nЗаказ\r\n", "name=\"photo\"; filename=\"qr.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n--")
        .endsWith("--" + boundary + "--\r\n");
  }

  @Test
  void setsAndReadsTheWebhook() {
    api.setWebhook(URI.create("https://a.example/b"), Secret.of("s"), 40, List.of("message"));
    assertThat(body())
        .hasToString(
            "{\"url\":\"https://a.example/b\",\"secret_token\":\"s\",\"max_connections\":40,\"allowed_updates\":[\"message\"]}");
    api.deleteWebhook();
    assertThat(body()).hasToString("{\"drop_pending_updates\":false}");

    answer =
        "{\"ok\":true,\"result\":{\"url\":\"https://a.example/b\",\"pending_update_count\":3,\"last_error_date\":1767225600,"
            + "\"last_error_message\":\"Connection refused\",\"max_connections\":40,\"allowed_updates\":[\"message\"]}}";
    assertThat(api.getWebhookInfo())
        .isEqualTo(
            new WebhookInfo(
                "https://a.example/b", 3, Instant.parse("2026-01-01T00:00:00Z"), "Connection refused", 40, List.of("message")));
    answer = "{\"ok\":true,\"result\":{\"url\":\"\",\"has_custom_certificate\":false,\"pending_update_count\":0}}";
    assertThat(api.getWebhookInfo()).isEqualTo(new WebhookInfo("", 0, null, null, 0, List.of()));
  }

  @Test
  void fetchesUpdatesWithTimeToWaitForThem() {
    answer = "{\"ok\":true,\"result\":[{\"update_id\":5,\"message\":{}},{\"no_id\":1},{\"update_id\":6}]}";

    assertThat(api.getUpdates(5, 100, Duration.ofSeconds(25), List.of("message")))
        .containsExactly(new RawUpdate(5, "{\"update_id\":5,\"message\":{}}"), new RawUpdate(6, "{\"update_id\":6}"));
    assertThat(body()).hasToString("{\"offset\":5,\"limit\":100,\"timeout\":25,\"allowed_updates\":[\"message\"]}");
    assertThat(timeouts).containsExactly(Duration.ofSeconds(35));
    answer = "{\"ok\":true,\"result\":null}";
    assertThatThrownBy(() -> api.getUpdates(0, 1, Duration.ZERO, List.of())).isInstanceOf(BotApiException.class);
  }

  @Test
  void knowsItself() {
    answer = "{\"ok\":true,\"result\":{\"id\":4242,\"is_bot\":true,\"username\":\"shop_bot\"}}";
    assertThat(api.getMe()).isEqualTo(new BotUser(4242, "shop_bot"));
    assertThat(api.botId()).isEqualTo(4242);
  }

  @Test
  void refusesWhatTelegramWould() {
    assertThatThrownBy(() -> Button.telling("x", "я".repeat(33))).hasMessageContaining("1 to 64 bytes");
    assertThatThrownBy(() -> Button.telling(" ", "x")).hasMessageContaining("1 to 64 characters");
    assertThatThrownBy(() -> new Button("x", null, null)).hasMessageContaining("either data or an address");
    assertThatThrownBy(() -> MessageText.of("x".repeat(4097))).hasMessageContaining("4097 characters");
    assertThatThrownBy(() -> MessageText.of(" ")).hasMessageContaining("not all white space");
  }
}
