package io.x0tta6bl4.payment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream against a raw socket on loopback. */
class EventStreamTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private ServerSocket server;
  private EventStream stream;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    if (stream != null) {
      stream.close();
    }
    server.close();
  }

  @Test
  void tellsEventsAsTheyComeAndIgnoresHeartBeats() throws Exception {
    open(Duration.ofSeconds(20));
    try (Socket connection = accepted()) {
      send(connection, OK + ": keepalive\n\nevent: message\nid: 1\ndata: one\n\n");
      assertThat(next()).isEqualTo("opened");
      assertThat(next()).isEqualTo("event one");
      assertThat(stream.isLive()).isTrue();
      send(connection, "data: two\r\ndata:lines\r\n\r\n\n\n");
      assertThat(next()).isEqualTo("event two\nlines");
    }
  }

  @Test
  void connectsAgainAfterTheEnd() throws Exception {
    open(Duration.ofSeconds(20));
    try (Socket connection = accepted()) {
      send(connection, OK + ": keepalive\n\n");
      assertThat(next()).isEqualTo("opened");
    }
    assertThat(next()).isEqualTo("lost");
    try (Socket connection = accepted()) {
      send(connection, OK);
      assertThat(next()).isEqualTo("opened");
    }
  }

  @Test
  void anErrorIsALossAndNotAnOpening() throws Exception {
    open(Duration.ofSeconds(20));
    for (String answer : new String[] {"HTTP/1.1 401 Unauthorized", "HTTP/1.1 302 Found\r\nLocation: http://localhost:1/", "no HTTP"}) {
      try (Socket connection = accepted()) {
        send(connection, answer + "\r\nContent-Length: 0\r\n\r\n");
        connection.shutdownOutput();
        assertThat(next()).isEqualTo("lost");
        assertThat(stream.isLive()).isFalse();
      }
    }
  }

  @Test
  void silenceIsALoss() throws Exception {
    open(Duration.ofMillis(300));
    try (Socket connection = accepted()) {
      send(connection, OK);
      assertThat(next()).isEqualTo("opened");
      assertThat(next()).isEqualTo("lost");
    }
    try (Socket mute = accepted()) {
      assertThat(mute.isConnected()).isTrue();
      assertThat(next()).as("no answer at all").isEqualTo("lost");
    }
  }

  @Test
  void aLineAndAFloodAreBounded() throws Exception {
    open(Duration.ofSeconds(20));
    try (Socket connection = accepted()) {
      send(connection, OK);
      assertThat(next()).isEqualTo("opened");
      sendUntilClosed(connection, "x".repeat(1 << 16));
      assertThat(next()).isEqualTo("lost");
    }
  }

  @Test
  void saysWhichWaitIsWrong() {
    assertThatThrownBy(() -> stream(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("silence PT0S: expected more than 0");
    assertThatThrownBy(() -> stream(Duration.ofSeconds(1)).backOff(Duration.ofSeconds(1), Duration.ofSeconds(-1)))
        .hasMessage("longest back-off PT-1S: expected more than 0");
  }

  @Test
  void aFailingListenerIsNotTheStreamsTrouble() throws Exception {
    stream =
        stream(Duration.ofSeconds(20)).open(
            new EventStream.Listener() {
              @Override
              public void opened() {
                throw new IllegalStateException("the listener's own bug");
              }

              @Override
              public void event(String data) {
                heard.add(data);
              }

              @Override
              public void lost() {}
            });
    try (Socket connection = accepted()) {
      send(connection, OK + "data: one\n\n");
      assertThat(next()).isEqualTo("one");
    }
  }

  @Test
  void closesAtOnceAndTwice() throws Exception {
    open(Duration.ofSeconds(20));
    try (Socket connection = accepted()) {
      send(connection, OK);
      assertThat(next()).isEqualTo("opened");
      stream.close();
      stream.close();
      assertThat(connection.getInputStream().read()).as("the connection is given up").isLessThanOrEqualTo(0);
      assertThat(heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  private void open(Duration silence) {
    stream =
        stream(silence).open(
            new EventStream.Listener() {
              @Override
              public void opened() {
                heard.add("opened");
              }

              @Override
              public void event(String data) {
                heard.add("event " + data);
              }

              @Override
              public void lost() {
                heard.add("lost");
              }
            });
  }

  private EventStream.Builder stream(Duration silence) {
    URI uri = URI.create("http://localhost:" + server.getLocalPort() + "/stream");
    return EventStream.builder("ton", uri)
        .key("Authorization", "Bearer ", Secret.of("key"))
        .silence(silence)
        .backOff(Duration.ofMillis(10), Duration.ofMillis(50));
  }

  private Socket accepted() throws IOException {
    server.setSoTimeout(20_000);
    Socket connection = server.accept();
    connection.setSoTimeout(20_000);
    InputStream in = connection.getInputStream();
    // The request ends with its body, which is {}.
    for (int b = in.read(); b != '}' && b >= 0; b = in.read()) {}
    return connection;
  }

  private static void send(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    connection.getOutputStream().flush();
  }

  private static void sendUntilClosed(Socket connection, String text) {
    try {
      for (int i = 0; i < 1000; i++) {
        send(connection, text);
      }
    } catch (IOException e) {
      // The client has had enough, as it should.
    }
  }

  private String next() throws InterruptedException {
    String next = heard.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("nothing was heard in time").isNotNull();
    return next;
  }
}
