package io.x0tta6bl4.telegram;

import java.util.List;

/**
 * What a message shows. Immutable and thread-safe.
 *
 * @param html 1 to 4096 characters, of which {@code & < >} are escaped where they are no mark-up
 * @param buttons rows of buttons; possibly none
 * @since 0.1.0
 */
public record MessageText(String html, List<List<Button>> buttons) {

  /** Most characters of a message; a limit of the Bot API. */
  public static final int MAX_LENGTH = 4096;

  /**
   * Copies the rows and checks the text.
   *
   * @throws IllegalArgumentException if the text is blank or too long
   */
  public MessageText {
    buttons = buttons.stream().map(List::copyOf).toList();
    if (html.isBlank() || html.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "text of " + html.length() + " characters: expected 1 to " + MAX_LENGTH + ", not all white space");
    }
  }

  /**
   * Makes a text without buttons.
   *
   * @param html the text
   * @return the text
   */
  public static MessageText of(String html) {
    return new MessageText(html, List.of());
  }
}
