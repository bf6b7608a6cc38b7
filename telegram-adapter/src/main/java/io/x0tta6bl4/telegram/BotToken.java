package io.x0tta6bl4.telegram;

import io.x0tta6bl4.payment.http.Secret;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What BotFather gave: a number that is public and a secret. {@link #toString()} shows the number only. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class BotToken {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):[A-Za-z0-9_-]{1,100}");

  private final long botId;
  private final Secret secret;

  private BotToken(long botId, Secret secret) {
    this.botId = botId;
    this.secret = secret;
  }

  /**
   * Takes a token.
   *
   * @param token as BotFather shows it, for instance {@code 123456789:AAE...}; white space around it does not matter
   * @return the token
   * @throws IllegalArgumentException if it has another form; the message does not show it
   */
  public static BotToken of(String token) {
    Matcher form = FORM.matcher(token.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "bot token of " + token.strip().length() + " characters: expected digits, a colon, and then [A-Za-z0-9_-]");
    }
    return new BotToken(Long.parseLong(form.group(1)), Secret.of(token.strip()));
  }

  /**
   * Gives the bot's number, which is no secret.
   *
   * @return the id that Telegram knows the bot by
   */
  public long botId() {
    return botId;
  }

  /**
   * Gives the whole token.
   *
   * @return the secret
   */
  public Secret secret() {
    return secret;
  }

  /** Gives the number, for instance {@code bot 123456789}. */
  @Override
  public String toString() {
    return "bot " + botId;
  }
}
