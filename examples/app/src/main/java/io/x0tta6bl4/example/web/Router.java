package io.x0tta6bl4.example.web;

/** Where handlers are put. */
public interface Router {

  /** The most bytes that a request's body has where nothing else is said. */
  int DEFAULT_MAX_BODY = 64 * 1024;

  /**
   * Adds a route.
   *
   * @param method in upper case; HEAD and OPTIONS are answered without a route of their own
   * @param pattern such as {@code /pay/{order}/events}: a name in braces stands for one whole segment
   * @param maxBody the most bytes of a request's body; more are refused with 413
   * @param handler its handler
   */
  void route(String method, String pattern, int maxBody, Handler handler);

  /**
   * Adds a route whose requests are small.
   *
   * @param method in upper case
   * @param pattern see above
   * @param handler its handler
   */
  default void route(String method, String pattern, Handler handler) {
    route(method, pattern, DEFAULT_MAX_BODY, handler);
  }
}
