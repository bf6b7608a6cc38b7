package io.x0tta6bl4.telegram;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A button under a message: pressed, it tells the bot or opens an address. Immutable and thread-safe.
 *
 * @param text what stands on it, 1 to 64 characters
 * @param data what the bot is told, 1 to 64 bytes; {@code null} if it opens an address
 * @param url what it opens; {@code null} if it tells the bot
 * @since 0.1.0
 */
public record Button(String text, @Nullable String data, @Nullable URI url) {

  /** Most bytes of {@link #data()}; a limit of the Bot API. */
  public static final int MAX_DATA_BYTES = 64;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the text is blank or too long, the data too long, or not exactly one of the two is there
   */
  public Button {
    if (text.isBlank() || text.length() > 64) {
      throw new IllegalArgumentException("button '" + text + "': expected 1 to 64 characters");
    }
    if ((data == null) == (url == null)) {
      throw new IllegalArgumentException("button '" + text + "': expected either data or an address");
    }
    if (data != null && (data.isEmpty() || data.getBytes(StandardCharsets.UTF_8).length > MAX_DATA_BYTES)) {
      throw new IllegalArgumentException("data '" + data + "': expected 1 to " + MAX_DATA_BYTES + " bytes");
    }
  }

  /**
   * Makes a button that tells the bot.
   *
   * @param text what stands on it
   * @param data what the bot is told
   * @return the button
   */
  public static Button telling(String text, String data) {
    return new Button(text, data, null);
  }

  /**
   * Makes a button that opens an address.
   *
   * @param text what stands on it
   * @param url what it opens
   * @return the button
   */
  public static Button opening(String text, URI url) {
    return new Button(text, null, url);
  }
}
