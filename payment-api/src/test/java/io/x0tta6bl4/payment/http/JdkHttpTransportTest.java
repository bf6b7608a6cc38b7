package io.x0tta6bl4.payment.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JdkHttpTransportTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LENIENT = Duration.ofSeconds(15);
  private static final int CAP = 1_000;

  private final HttpTransport transport = new JdkHttpTransport(CAP);

  @AfterEach
  void close() {
    Thread.interrupted();
    transport.close();
  }

  private ApiResponse get(RawServer server, Duration timeout) throws IOException, InterruptedException {
    return transport.get(server.uri(), Map.of("X-Key", "k"), timeout);
  }

  private void assertFails(RawServer server, Duration timeout) {
    long start = System.nanoTime();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(server, timeout));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LENIENT);
  }

  @Test
  void givesStatusHeadersAndBody() throws Exception {
    try (RawServer server =
        RawServer.writing("HTTP/1.1 418 Teapot\r\nRetry-After: 5\r\nX: first\r\nX: second\r\nContent-Length: 4\r\n\r\nabcd")) {
      ApiResponse response = get(server, LONG);

      assertThat(response.status()).isEqualTo(418);
      assertThat(response.header("retry-AFTER")).contains("5");
      assertThat(response.header("x")).contains("first");
      assertThat(new String(response.body(), UTF_8)).isEqualTo("abcd");
      assertThat(server.requests).singleElement()
          .satisfies(r -> assertThat(r).startsWith("GET / HTTP/1.1\r\n").contains("X-Key: k\r\n"));
    }
  }

  @Test
  void makesNoUpgradeAttemptInClearText() throws Exception {
    try (RawServer server = RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(get(server, LONG).body()).isEmpty();

      assertThat(server.requests.get(0)).doesNotContainIgnoringCase("upgrade");
    }
  }

  @Test
  void row61_takesABodyUpToTheCapAndNotOneByteMore() throws Exception {
    for (int length : new int[] {CAP - 1, CAP}) {
      try (RawServer server =
          RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length))) {
        assertThat(get(server, LONG).body()).hasSize(length);
      }
    }
    try (RawServer server =
        RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: " + (CAP + 1) + "\r\n\r\n" + "x".repeat(CAP + 1))) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(server, LONG)).withMessageContaining("1000 bytes");
    }
  }

  @Test
  void row61_breaksOffABodyThatNeverEnds() {
    byte[] chunk = ("400\r\n" + "x".repeat(0x400) + "\r\n").getBytes(ISO_8859_1);
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
              while (true) {
                out.write(chunk);
              }
            })) {
      assertFails(server, LONG);
    }
  }

  @Test
  void aBodyThatGrowsOverManyPiecesIsWhole() throws Exception {
    HttpTransport roomy = new JdkHttpTransport(1_000_000);
    String body = "0123456789".repeat(50_000);
    try (RawServer server = RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {
      assertThat(new String(roomy.get(server.uri(), Map.of(), LONG).body(), UTF_8)).isEqualTo(body);
    } finally {
      roomy.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n\r\n",
        "garbage\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":1}",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"a\"",
        "HTTP/1.1 200 OK\r\nContent-Len"
      })
  void row63_anAnswerThatIsNotWholeOrNoHttpIsAnIoException(String answer) {
    try (RawServer server = RawServer.writing(answer)) {
      assertFails(server, Duration.ofSeconds(5));
    }
  }

  @Test
  void bytesBeyondTheContentLengthAreNotRead() throws Exception {
    try (RawServer server = RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}GET me more")) {
      assertThat(new String(get(server, LONG).body(), UTF_8)).isEqualTo("{}");
    }
  }

  @Test
  void aResetInMidBodyIsAnIoException() {
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"data\":".getBytes(ISO_8859_1));
              out.flush();
              setLinger(socket);
            })) {
      assertFails(server, LONG);
    }
  }

  private static void setLinger(java.net.Socket socket) throws SocketException {
    socket.setSoLinger(true, 0);
  }

  @Test
  void aServerThatAcceptsAndSaysNothingEndsAtTheTimeout() {
    RawServer[] self = new RawServer[1];
    try (RawServer server = new RawServer((socket, out) -> self[0].hang())) {
      self[0] = server;
      assertFails(server, SHORT);
    }
  }

  @Test
  void aBodyThatHangsEndsAtTheTimeout() {
    RawServer[] self = new RawServer[1];
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{".getBytes(ISO_8859_1));
              out.flush();
              self[0].hang();
            })) {
      self[0] = server;
      assertFails(server, SHORT);
    }
  }

  @Test
  void aBodyThatDripsEndsAtTheTimeout() {
    RawServer[] self = new RawServer[1];
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n".getBytes(ISO_8859_1));
              while (self[0].pause(50)) {
                out.write(' ');
                out.flush();
              }
            })) {
      self[0] = server;
      assertFails(server, SHORT);
    }
  }

  @Test
  void aClosedPortIsAnIoException() {
    RawServer server = RawServer.writing("");
    server.close();

    assertFails(server, LONG);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void row66_aRedirectIsNotFollowed(int status) throws Exception {
    try (RawServer evil = RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        RawServer server =
            RawServer.writing(
                "HTTP/1.1 " + status + " Moved\r\nLocation: " + evil.uri() + "/steal\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(get(server, LONG).status()).isEqualTo(status);

      assertThat(evil.requests).isEmpty();
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void row80_anInterruptEndsTheExchangeAtOnce() throws Exception {
    RawServer[] self = new RawServer[1];
    CountDownLatch asked = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              asked.countDown();
              self[0].hang();
            })) {
      self[0] = server;
      Thread caller = new Thread(() -> end.set(catchThrowable(() -> get(server, Duration.ofSeconds(50)))));
      caller.start();
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

      caller.interrupt();

      caller.join(LENIENT.toMillis());
      assertThat(caller.isAlive()).isFalse();
      assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void afterClosingThereIsNoExchange() {
    transport.close();
    transport.close();
    try (RawServer server = RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(server, LONG)).withMessageContaining("closed");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void closingAfterAnExchangeIsQuiet() throws Exception {
    try (RawServer server = RawServer.writing("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
      get(server, LONG);

      transport.close();

      assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(server, LONG)).withMessageContaining("closed");
    }
  }

  @Test
  void aCallDuringAClosingThatTakesLongStillEndsByItsOwnTimeout() throws Exception {
    RawServer[] self = new RawServer[1];
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              asked.countDown();
              self[0].hang();
            })) {
      self[0] = server;
      Thread hanging = new Thread(() -> catchThrowable(() -> get(server, Duration.ofSeconds(20))));
      hanging.start();
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      CountDownLatch closing = new CountDownLatch(1);
      Thread closer =
          new Thread(
              () -> {
                closing.countDown();
                transport.close();
              });
      closer.start();
      assertThat(closing.await(30, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Throwable> late = new CompletableFuture<>();
      new Thread(
              () -> {
                // The closing thread has its lock once it is neither new nor running; a bounded wait is enough.
                for (int i = 0; i < 200 && closer.getState() == Thread.State.RUNNABLE; i++) {
                  Thread.yield();
                }
                late.complete(catchThrowable(() -> get(server, SHORT)));
              })
          .start();
      try {
        assertThat(late.get(8, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
      } catch (java.util.concurrent.TimeoutException e) {
        throw new AssertionError("a call with a timeout of " + SHORT + " still waits for the closing after 8 seconds", e);
      } finally {
        server.stop();
        hanging.join(30_000);
        closer.join(30_000);
      }
    }
  }
}
