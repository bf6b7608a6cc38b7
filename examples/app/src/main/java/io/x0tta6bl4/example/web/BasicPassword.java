package io.x0tta6bl4.example.web;

import io.x0tta6bl4.payment.http.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A password that browsers ask for, RFC 7617; any user name will do. Thread-safe. */
public final class BasicPassword {

  private static final String SCHEME = "Basic ";

  private final BearerKeys password;

  /**
   * A password.
   *
   * @param password which
   */
  public BasicPassword(Secret password) {
    this.password = new BearerKeys(List.of(password));
  }

  /**
   * Puts a handler behind the password.
   *
   * @param handler answers those who know it
   * @return a handler that refuses all others
   */
  public Handler guard(Handler handler) {
    return request ->
        opens(request)
            ? handler.handle(request)
            : Problem.of(401, "expected the operator's password")
                .with("WWW-Authenticate", "Basic realm=\"status\", charset=\"UTF-8\"");
  }

  private boolean opens(Request request) {
    String header = request.header("Authorization").orElse("");
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      return password.matches(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
