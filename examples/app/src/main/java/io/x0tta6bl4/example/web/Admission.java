package io.x0tta6bl4.example.web;

import java.util.Optional;

/** Decides before anything is read of a request's body whether it is served. Thread-safe. */
@FunctionalInterface
public interface Admission {

  /** Serves everybody. */
  Admission ALL = request -> Optional.empty();

  /**
   * Decides.
   *
   * @param request without its body and the parameters of its path
   * @return what it is refused with, or empty
   */
  Optional<Response.Whole> refuse(Request request);
}
