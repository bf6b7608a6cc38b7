package io.x0tta6bl4.example.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts in UTF-8. */
public final class Sha256 {

  private Sha256() {}

  /**
   * The digest.
   *
   * @param text any
   * @return 32 bytes
   */
  public static byte[] of(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The digest in hex.
   *
   * @param text any
   * @return 64 digits in lower case
   */
  public static String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }
}
