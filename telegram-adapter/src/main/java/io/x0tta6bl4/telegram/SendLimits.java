package io.x0tta6bl4.telegram;

/**
 * How many messages and edits the bot sends. Immutable and thread-safe.
 *
 * @param overall to all chats together in any second, 1 to 1000
 * @param perChat to one private chat in any second, 1 to 1000
 * @param perGroup to one group in any minute, 1 to 1000
 * @since 0.1.0
 */
public record SendLimits(int overall, int perChat, int perGroup) {

  /** What Telegram documents: 30 a second overall, 1 a second for a chat, 20 a minute for a group. */
  public static final SendLimits TELEGRAM = new SendLimits(30, 1, 20);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public SendLimits {
    check("overall", overall);
    check("perChat", perChat);
    check("perGroup", perGroup);
  }

  private static void check(String name, int value) {
    if (value < 1 || value > 1_000) {
      throw new IllegalArgumentException(name + " " + value + ": expected 1 to 1000");
    }
  }
}
