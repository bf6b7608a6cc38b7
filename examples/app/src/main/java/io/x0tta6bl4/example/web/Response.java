package io.x0tta6bl4.example.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back. Immutable. */
public sealed interface Response {

  /**
   * The status.
   *
   * @return the code
   */
  int status();

  /**
   * The headers but those that the server writes by itself.
   *
   * @return by name
   */
  Map<String, String> headers();

  /**
   * A whole answer.
   *
   * @param status the code
   * @param headers by name, the content's type included
   * @param body sent as UTF-8, perhaps empty
   */
  record Whole(int status, Map<String, String> headers, String body) implements Response {

    /**
     * With another header.
     *
     * @param name the header's
     * @param value the header's
     * @return the answer with it
     */
    public Whole with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Whole(status, Map.copyOf(more), body);
    }
  }

  /**
   * Server-sent events.
   *
   * @param stream writes them, and returns when there are no more or the client went
   */
  record Events(EventStream stream) implements Response {

    @Override
    public int status() {
      return 200;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Content-Type", "text/event-stream", "Cache-Control", "no-store");
    }
  }

  /** Writes server-sent events on a thread of its own. */
  @FunctionalInterface
  interface EventStream {

    /**
     * Writes until there are no more.
     *
     * @param sink where to
     * @throws InterruptedException if the server stops
     */
    void writeTo(EventSink sink) throws InterruptedException;
  }

  /** Takes server-sent events; keeps the connection alive by itself. */
  interface EventSink {

    /**
     * Sends one.
     *
     * @param id by which a client goes on after a pause, or empty
     * @param name the event's type
     * @param data of one line or several
     * @return false if the client went, and nothing more can be sent
     */
    boolean send(String id, String name, String data);

    /**
     * Whether the client is still there, as far as is known.
     *
     * @return false if not
     */
    boolean isOpen();
  }

  /**
   * An answer of text.
   *
   * @param status the code
   * @param contentType with the character set, UTF-8
   * @param text the body
   * @return the answer
   */
  static Whole text(int status, String contentType, String text) {
    return new Whole(status, Map.of("Content-Type", contentType), text);
  }
}
