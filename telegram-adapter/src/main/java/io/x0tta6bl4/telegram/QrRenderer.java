package io.x0tta6bl4.telegram;

/**
 * Draws QR codes: the host's to bring, since this library has no encoder. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface QrRenderer {

  /**
   * Draws a text.
   *
   * @param text a wallet's link or an address, at most 1,000 characters
   * @return a PNG picture
   */
  byte[] png(String text);
}
