package io.x0tta6bl4.example.web;

import io.x0tta6bl4.payment.http.Secret;
import java.security.MessageDigest;
import java.util.List;

/** Keys of which a request has to give one. What is compared, and how long that takes, tells nothing of them. Thread-safe. */
public final class BearerKeys {

  private static final String SCHEME = "Bearer ";

  // Of equal lengths: comparing the keys themselves would tell how long they are.
  private final List<byte[]> digests;

  /**
   * Keys.
   *
   * @param keys the one in use, and perhaps the one before it
   */
  public BearerKeys(List<Secret> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key: expected at least one");
    }
    digests = keys.stream().map(key -> Sha256.of(key.reveal())).toList();
  }

  /**
   * Whether a request has one of them.
   *
   * @param request with or without an {@code Authorization} header
   * @return whether it may do what needs a key
   */
  public boolean opens(Request request) {
    String header = request.header("Authorization").orElse("");
    // The scheme's name is case-insensitive, RFC 9110 section 11.1.
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) && matches(header.substring(SCHEME.length()).strip());
  }

  /**
   * Whether a text is one of them.
   *
   * @param key what somebody gave
   * @return whether it is so
   */
  public boolean matches(String key) {
    byte[] given = Sha256.of(key);
    boolean found = false;
    for (byte[] digest : digests) {
      found |= MessageDigest.isEqual(digest, given);
    }
    return found;
  }

  /**
   * Puts a handler behind the keys.
   *
   * @param handler answers those who have one
   * @return a handler that refuses all others
   */
  public Handler guard(Handler handler) {
    return request ->
        opens(request)
            ? handler.handle(request)
            : Problem.of(401, "expected the header 'Authorization: Bearer' with a key of this API")
                .with("WWW-Authenticate", "Bearer");
  }

  @Override
  public String toString() {
    return "BearerKeys[***]";
  }
}
