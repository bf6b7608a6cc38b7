package io.x0tta6bl4.payment.ton;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A raw socket on loopback that answers every request with one fault, down to the bytes, which no HTTP library would send. */
final class FaultyServer implements AutoCloseable {

  /** What goes wrong. */
  enum Fault {
    TOO_MANY_REQUESTS(response("429 Too Many Requests", "{\"error\":\"rate limit: free tier\"}")),
    FORBIDDEN(response("403 Forbidden", "{\"error\":\"forbidden\"}")),
    SERVER_ERROR(response("500 Internal Server Error", "")),
    SERVICE_UNAVAILABLE(response("503 Service Unavailable", "{\"error\":\"try later\"}")),
    ERROR_WITH_STATUS_200(response("200 OK", "{\"error\":\"internal error\",\"error_code\":1}")),
    NULL(response("200 OK", "null")),
    HTML(response("200 OK", "<!DOCTYPE html><html><body>Checking your browser</body></html>")),
    EMPTY_BODY(response("200 OK", "")),
    TRUNCATED_JSON(response("200 OK", "{\"gen_utime\":17672")),
    REDIRECT("HTTP/1.1 302 Found\r\nLocation: http://localhost:1/\r\nContent-Length: 0\r\n\r\n"),
    LENGTH_TOO_LARGE("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n{\"gen_utime\":"),
    LENGTH_TOO_SMALL("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"gen_utime\":1767229200}"),
    NO_HTTP("SSH-2.0-OpenSSH_9.2\r\n"),
    RESET_IN_MID_BODY("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"gen_utime\":{"),
    SLOW_DRIP("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
    HANG(""),
    CLOSED_AT_ONCE("");

    private final byte[] bytes;

    Fault(String bytes) {
      this.bytes = bytes.getBytes(StandardCharsets.UTF_8);
    }

    private static String response(String status, String body) {
      return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }
  }

  private final Fault fault;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);

  FaultyServer(Fault fault) throws IOException {
    this.fault = fault;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  URI url() {
    return URI.create("http://localhost:" + server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    stopped.countDown();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // The server was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      while (readRequest(socket.getInputStream())) {
        answer(socket);
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone, which is what it should do.
    }
  }

  private void answer(Socket socket) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    out.write(fault.bytes);
    out.flush();
    switch (fault) {
      case SLOW_DRIP -> {
        while (!stopped.await(20, TimeUnit.MILLISECONDS)) {
          out.write(' ');
          out.flush();
        }
      }
      case HANG -> stopped.await();
      case RESET_IN_MID_BODY -> {
        // Lingering for no time makes the close a reset.
        socket.setSoLinger(true, 0);
        socket.close();
      }
      case CLOSED_AT_ONCE, LENGTH_TOO_LARGE, NO_HTTP -> socket.close();
      default -> {}
    }
  }

  /** Reads up to the blank line; the requests have no body. */
  private static boolean readRequest(InputStream in) throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int b = in.read();
      if (b < 0) {
        return false;
      }
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
    }
    return true;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "faulty-server");
    thread.setDaemon(true);
    thread.start();
  }
}
