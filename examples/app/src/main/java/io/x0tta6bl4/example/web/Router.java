package io.x0tta6bl4.example.web;

/** Where handlers are put. */
public interface Router {

  /**
   * Adds a route.
   *
   * @param method in upper case; HEAD and OPTIONS are answered without a route of their own
   * @param pattern such as {@code /pay/{order}/events}: a name in braces stands for one whole segment
   * @param handler its handler
   */
  void route(String method, String pattern, Handler handler);
}
