package io.x0tta6bl4.example.web;

/** Answers the requests of one route, on many threads at once. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers.
   *
   * @param request the request, its body read and within its bound
   * @return the answer
   */
  Response handle(Request request);
}
