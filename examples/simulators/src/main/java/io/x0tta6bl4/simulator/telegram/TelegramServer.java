package io.x0tta6bl4.simulator.telegram;

import io.x0tta6bl4.payment.http.ApiResponse;
import io.x0tta6bl4.simulator.http.Answer;
import io.x0tta6bl4.simulator.http.LoopbackServer;
import io.x0tta6bl4.simulator.http.SeenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves a {@link FakeTelegram} over HTTP. A {@code getUpdates} waits a little for something to come. Thread-safe. */
public final class TelegramServer implements AutoCloseable {

  private static final Pattern PATH = Pattern.compile("/bot([^/]+)/(\\w+)");
  private static final int POLLS = 20;
  private static final long POLL_MILLIS = 50;

  private final FakeTelegram telegram;
  private final LoopbackServer server;

  private TelegramServer(int port, FakeTelegram telegram) {
    this.telegram = telegram;
    this.server = LoopbackServer.start(port, this::answer);
  }

  /** Starts to serve. */
  public static TelegramServer start(FakeTelegram telegram) {
    return start(0, telegram);
  }

  /** Starts to serve on a port, 0 for any that is free. */
  public static TelegramServer start(int port, FakeTelegram telegram) {
    return new TelegramServer(port, telegram);
  }

  /** Gives where it answers. */
  public URI baseUrl() {
    return server.baseUrl();
  }

  private Answer answer(SeenRequest request) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches() || !request.method().equals("POST")) {
      return Answer.text(404, "{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}");
    }
    if (path.group(2).equals("getUpdates")) {
      awaitUpdate();
    }
    try {
      String type = request.header("Content-Type").orElse("application/json");
      byte[] body = request.body().getBytes(StandardCharsets.ISO_8859_1);
      ApiResponse answer = telegram.answer(path.group(1), path.group(2), type, body);
      return new Answer(answer.status(), "application/json", answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitUpdate() {
    try {
      for (int i = 0; i < POLLS && telegram.pending() == 0; i++) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
