package io.x0tta6bl4.example.web;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name under which a request is found in the logs of everybody who had to do with it: that of the header {@code traceparent}
 * (W3C Trace Context, section 3.2), or a new one.
 */
final class TraceId {

  /** What the logs call it, as OpenTelemetry does. */
  static final String LOG_KEY = "trace_id";

  /** The answer's header that tells it. */
  static final String HEADER = "X-Trace-Id";

  private static final Pattern TRACEPARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");
  private static final int BYTES = 16;

  private TraceId() {}

  /**
   * Finds it.
   *
   * @param traceparent the header as it was sent
   * @return 32 hexadecimal digits
   */
  static String of(Optional<String> traceparent) {
    return traceparent.map(TRACEPARENT::matcher).filter(Matcher::matches).map(found -> found.group(1)).orElseGet(TraceId::next);
  }

  private static String next() {
    byte[] bytes = new byte[BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
