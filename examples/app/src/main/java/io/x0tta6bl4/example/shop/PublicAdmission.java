package io.x0tta6bl4.example.shop;

import io.x0tta6bl4.example.web.Admission;
import io.x0tta6bl4.example.web.BearerKeys;
import io.x0tta6bl4.example.web.ClientRateLimit;
import io.x0tta6bl4.example.web.Problem;
import io.x0tta6bl4.example.web.Request;
import io.x0tta6bl4.example.web.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Counts the requests of clients on the public port. Who has a key of the API, and Telegram, are not counted; who has a wrong key
 * is, so that keys cannot be tried quickly. Thread-safe.
 */
final class PublicAdmission implements Admission {

  private final BearerKeys keys;
  private final Predicate<Request> trusted;
  private final ClientRateLimit limit;

  PublicAdmission(BearerKeys keys, Predicate<Request> trusted, ClientRateLimit limit) {
    this.keys = keys;
    this.trusted = trusted;
    this.limit = limit;
  }

  @Override
  public Optional<Response.Whole> refuse(Request request) {
    if (keys.opens(request) || trusted.test(request)) {
      return Optional.empty();
    }
    return limit.tryAcquire(request.client()).map(PublicAdmission::tooMany);
  }

  private static Response.Whole tooMany(Duration pause) {
    return Problem.of(429, "too many requests of this client").with("Retry-After", Long.toString(pause.toSeconds() + 1));
  }
}
