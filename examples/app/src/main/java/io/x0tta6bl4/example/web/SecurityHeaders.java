package io.x0tta6bl4.example.web;

import com.sun.net.httpserver.Headers;

/** What every answer carries, whatever it is. */
final class SecurityHeaders {

  private SecurityHeaders() {}

  /**
   * Adds them.
   *
   * @param headers of the answer
   */
  static void addTo(Headers headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    // The address of a checkout page is what opens it: it must not go to explorers and wallets.
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }
}
