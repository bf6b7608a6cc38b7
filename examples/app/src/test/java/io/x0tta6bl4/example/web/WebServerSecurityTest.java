package io.x0tta6bl4.example.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.payment.http.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile clients get, byte for byte over a socket. */
class WebServerSecurityTest {

  private static final String KEY = "the-key-of-the-tests-0123456789abcdef";

  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = serve(Admission.ALL, 0);
  }

  private static WebServer serve(Admission admission, int proxies) throws IOException {
    WebServer web = WebServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), admission, proxies);
    BearerKeys keys = new BearerKeys(List.of(Secret.of(KEY), Secret.of("the-former-key-0123456789abcdef01234")));
    web.route("GET", "/open", request -> Response.text(200, "text/plain", "open to " + request.client()));
    web.route("GET", "/guarded/{name}", keys.guard(request -> Response.text(200, "text/plain", request.parameter("name"))));
    web.route("POST", "/guarded", 100, keys.guard(request -> Response.text(200, "text/plain", "taken")));
    web.route("GET", "/broken", request -> { throw new IllegalStateException("secret of the inside"); });
    web.route("GET", "/events", request -> new Response.Events(sink -> {
      sink.send("1", "first", "one\ntwo");
      while (sink.isOpen()) {
        Thread.sleep(50);
      }
    }));
    web.start();
    return web;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(15_000);
    return socket;
  }

  private String send(String request) throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      // Cut off while it was still sending: no answer at all.
      return "";
    }
  }

  private String get(String path, String... headers) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n" + String.join("", headers) + "\r\n");
  }

  private static int status(String answer) {
    return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
  }

  @Test
  void refusesARequestWithoutAKey() throws IOException {
    String answer = get("/guarded/x");
    assertThat(status(answer)).isEqualTo(401);
    assertThat(answer).containsIgnoringCase("WWW-Authenticate: Bearer").contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer wrong\r\n",
        "Authorization: Bearer \r\n",
        "Authorization: Bearer\r\n",
        "Authorization: Basic " + KEY + "\r\n",
        "Authorization: " + KEY + "\r\n",
        "Authorization: Bearer " + KEY + "x\r\n",
        "Authorization: Bearer x" + KEY + "\r\n",
        "X-Authorization: Bearer " + KEY + "\r\n"
      })
  void refusesAWrongKey(String header) throws IOException {
    assertThat(status(get("/guarded/x", header))).isEqualTo(401);
  }

  @Test
  void takesTheKeyAndTheOneBeforeIt() throws IOException {
    assertThat(status(get("/guarded/x", "Authorization: Bearer " + KEY + "\r\n"))).isEqualTo(200);
    assertThat(status(get("/guarded/x", "Authorization: bearer the-former-key-0123456789abcdef01234\r\n"))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/guarded/..%2fopen", "/guarded/%2e%2e", "/guarded/..", "/guarded/../open", "/./open", "//open", "/open/", "/open//",
        "/guarded/a%2Fb", "/guarded/a%5Cb", "/guarded/a%00b", "/guarded/%ff%fe", "/guarded/%c0%af", "/open;x=y", "/open%3b",
        "/guarded/%", "/guarded/%zz", "/%6Fpen/../open", "http://other/open", "*", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r"
      })
  void servesNoPathThatCouldBeReadInTwoWays(String path) throws IOException {
    assertThat(status(get(path, "Authorization: Bearer " + KEY + "\r\n"))).isIn(400, 404);
  }

  @Test
  void readsAPlainEscape() throws IOException {
    assertThat(get("/guarded/a%20%C3%A9", "Authorization: Bearer " + KEY + "\r\n")).endsWith("a é");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "get", "BREW"})
  void refusesOtherMethods(String method) throws IOException {
    String answer =
        send(method + " /open HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    assertThat(status(answer)).isIn(400, 405, 501);
    if (status(answer) == 405) {
      assertThat(answer).containsIgnoringCase("Allow: GET, HEAD, OPTIONS");
    }
  }

  @Test
  void answersHeadWithoutABody() throws IOException {
    String answer = send("HEAD /open HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
    assertThat(status(answer)).isEqualTo(200);
    assertThat(answer).endsWith("\r\n\r\n");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws IOException {
    String head = "POST /guarded HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nAuthorization: Bearer " + KEY + "\r\n";
    assertThat(status(send(head + "Content-Length: 100\r\n\r\n" + "x".repeat(100)))).isEqualTo(200);
    assertThat(status(send(head + "Content-Length: 101\r\n\r\n" + "x".repeat(101)))).isEqualTo(413);
    assertThat(status(send(head + "Transfer-Encoding: chunked\r\n\r\n" + ("40\r\n" + "x".repeat(64) + "\r\n").repeat(2) + "0\r\n\r\n")))
        .isEqualTo(413);
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws IOException {
    assertThat(status(get("/open", "X-Long: " + "x".repeat(20_000) + "\r\n"))).isNotEqualTo(200);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      many.append("X-").append(i).append(": x\r\n");
    }
    assertThat(status(get("/open", many.toString()))).isNotEqualTo(200);
    assertThat(status(get("/open?" + "q".repeat(3000)))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /open HTTP/1.1\r\nHost: sh",
        "POST /guarded HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer " + KEY + "\r\nContent-Length: 50\r\n\r\nxxx"
      })
  void cutsOffAClientThatDripsItsRequest(String beginning) throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      out.write(beginning.getBytes(StandardCharsets.US_ASCII));
      boolean cut = false;
      // A byte now and then keeps the connection busy; the limit of the tests is 2 seconds for the whole request.
      for (int i = 0; i < 40 && !cut; i++) {
        Thread.sleep(250);
        try {
          out.write('x');
          out.flush();
          cut = in.available() > 0;
        } catch (IOException e) {
          cut = true;
        }
      }
      assertThat(cut).as("cut off within 10 s").isTrue();
    }
    assertThat(status(get("/open"))).isEqualTo(200);
  }

  @Test
  void tellsNothingOfAnErrorWithin() throws IOException {
    String answer = get("/broken");
    assertThat(status(answer)).isEqualTo(500);
    assertThat(answer).doesNotContain("secret").doesNotContain("IllegalState").contains("problem+json");
  }

  @Test
  void sendsTheHeadersThatProtectABrowser() throws IOException {
    assertThat(get("/open"))
        .containsIgnoringCase("X-Content-Type-Options: nosniff")
        .containsIgnoringCase("Referrer-Policy: no-referrer")
        .containsIgnoringCase("X-Frame-Options: DENY");
  }

  @Test
  void limitsTheRequestsOfAClient() throws IOException {
    server.close();
    ClientRateLimit limit = new ClientRateLimit(3, Ticker.system());
    server = serve(request -> limit.tryAcquire(request.client()).map(pause -> Problem.of(429, "slower")), 1);
    String one = "X-Forwarded-For: 203.0.113.9, 198.51.100.1\r\n";
    for (int i = 0; i < 3; i++) {
      assertThat(status(get("/open", one))).isEqualTo(200);
    }
    assertThat(status(get("/open", one))).isEqualTo(429);
    assertThat(status(get("/open", "X-Forwarded-For: 198.51.100.1, 198.51.100.2\r\n"))).as("another client").isEqualTo(200);
    assertThat(status(get("/open", "X-Forwarded-For: 1.2.3.4, 198.51.100.1\r\n"))).as("what it says of itself").isEqualTo(429);
  }

  @Test
  void doesNotBelieveAForwardedAddressWithoutAProxy() throws IOException {
    assertThat(get("/open", "X-Forwarded-For: 203.0.113.9\r\n")).endsWith("open to 127.0.0.1");
  }

  @Test
  void limitsTheStreamsOfAClient() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = connect();
        open.add(socket);
        socket.getOutputStream().write("GET /events HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      assertThat(status(get("/events"))).isEqualTo(429);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void endsStreamsWhenItDrains() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write("GET /events HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      server.drain(Duration.ofSeconds(5));
      String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(rest).contains("id: 1\nevent: first\ndata: one\ndata: two\n\n");
    }
  }
}
