package io.x0tta6bl4.example.web;

import java.time.Duration;

/** Is told of requests, on many threads at once. */
@FunctionalInterface
public interface RequestObserver {

  /** Does nothing. */
  RequestObserver NONE = (method, route, status, time) -> {};

  /**
   * An answer was made; whether the client is still there to take it is not known yet.
   *
   * @param method one that there are routes for, or {@code other}
   * @param route its pattern, such as {@code /api/orders/{id}}, or {@code none}: never what a client made up
   * @param status the answer's
   * @param time from the request's head to the answer; for a stream of events to its beginning
   */
  void answered(String method, String route, int status, Duration time);
}
