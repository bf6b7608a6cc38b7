package io.x0tta6bl4.telegram.internal.talk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;

/** A language that buyers are spoken to in. Immutable and thread-safe. */
public final class Language {

  /** English, also for whoever's language is not spoken here. */
  public static final Language EN = new Language("en", false);

  /** Russian. */
  public static final Language RU = new Language("ru", true);

  /** A stranger's text of any length goes into no message whole. */
  private static final int LONGEST_ARGUMENT = 200;

  private final String code;
  private final boolean hasFew;
  private final ResourceBundle bundle;

  private Language(String code, boolean hasFew) {
    this.code = code;
    this.hasFew = hasFew;
    String name = "messages_" + code + ".properties";
    // Not by ResourceBundle.getBundle, which in a named module falls back to the language of the machine.
    try (InputStream in = Language.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the texts " + name + " are missing");
      }
      bundle = new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Finds the language for a user.
   *
   * @param code as Telegram gives it, for instance {@code ru} or {@code pt-br}; possibly empty
   * @return the language
   */
  public static Language of(String code) {
    return code.toLowerCase(Locale.ROOT).matches("ru([-_].*)?") ? RU : EN;
  }

  /**
   * Gives the code that {@link #of} reads.
   *
   * @return {@code en} or {@code ru}
   */
  public String code() {
    return code;
  }

  /**
   * Gives a text. Arguments are escaped and cut, unless they are {@link Html}.
   *
   * @param key which
   * @param arguments stand for {@code {0}}, {@code {1}} and so on
   * @return escaped HTML
   */
  public String text(String key, Object... arguments) {
    String template = template(key);
    StringBuilder out = new StringBuilder(template.length() + 64);
    int done = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', done)) {
      int close = template.indexOf('}', open);
      out.append(template, done, open).append(shown(arguments[Integer.parseInt(template, open + 1, close, 10)]));
      done = close + 1;
    }
    return out.append(template, done, template.length()).toString();
  }

  /**
   * Gives a text that depends on a number, which is argument 0.
   *
   * @param key which, without the form
   * @param number 0 or more
   * @return escaped HTML
   */
  public String plural(String key, long number) {
    return text(key + "." + form(number), Long.toString(number));
  }

  /**
   * Gives the name of the plural form of a number, by the rules of CLDR for whole numbers.
   *
   * @param number 0 or more
   * @return {@code one}, {@code few} or {@code many}; English has {@code one} and {@code many} only
   */
  String form(long number) {
    if (!hasFew) {
      return number == 1 ? "one" : "many";
    }
    long last = number % 10;
    boolean teens = number % 100 >= 11 && number % 100 <= 14;
    if (last == 1 && !teens) {
      return "one";
    }
    return last >= 2 && last <= 4 && !teens ? "few" : "many";
  }

  /** Whether there is such a text. */
  boolean has(String key) {
    return bundle.containsKey(key);
  }

  ResourceBundle bundle() {
    return bundle;
  }

  private String template(String key) {
    try {
      return bundle.getString(key);
    } catch (MissingResourceException e) {
      throw new IllegalStateException("no text '" + key + "' in " + code, e);
    }
  }

  private static String shown(Object argument) {
    return argument instanceof Html html ? html.toString() : Html.escape(argument.toString(), LONGEST_ARGUMENT);
  }
}
