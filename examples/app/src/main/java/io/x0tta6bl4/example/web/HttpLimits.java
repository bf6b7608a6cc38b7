package io.x0tta6bl4.example.web;

/**
 * The limits of the JDK's server, which it knows as system properties only and reads once: they have to be set before the
 * first server is made. What the operator set stays.
 */
final class HttpLimits {

  /** Seconds for a request to arrive whole, its body included: a client that drips bytes loses its connection. */
  private static final String MAX_REQUEST_SECONDS = "10";

  private static final String MAX_HEADER_BYTES = "16384";
  private static final String MAX_HEADERS = "64";
  private static final String MAX_CONNECTIONS = "4096";
  private static final String IDLE_SECONDS = "30";

  private HttpLimits() {}

  /** Sets them where they are not set. */
  static void apply() {
    set("sun.net.httpserver.maxReqTime", MAX_REQUEST_SECONDS);
    set("sun.net.httpserver.maxReqHeaderSize", MAX_HEADER_BYTES);
    set("sun.net.httpserver.maxReqHeaders", MAX_HEADERS);
    set("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
    set("sun.net.httpserver.idleInterval", IDLE_SECONDS);
    // Small answers must not wait for the acknowledgement of the headers before them.
    set("sun.net.httpserver.nodelay", "true");
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
