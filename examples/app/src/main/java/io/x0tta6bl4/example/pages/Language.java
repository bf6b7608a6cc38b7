package io.x0tta6bl4.example.pages;

import io.x0tta6bl4.example.web.Request;
import java.util.Locale;

/** The languages of the checkout page. */
enum Language {
  EN("English"),
  RU("Русский");

  private final String label;

  Language(String label) {
    this.label = label;
  }

  /**
   * The name of the language in itself.
   *
   * @return for a link
   */
  String label() {
    return label;
  }

  /**
   * Its code.
   *
   * @return such as {@code en}
   */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a buyer reads: what was chosen, or what the browser prefers.
   *
   * @param request for a page
   * @return Russian for those who prefer it, otherwise English
   */
  static Language of(Request request) {
    String chosen = request.query().getOrDefault("lang", "");
    for (Language language : values()) {
      if (language.code().equals(chosen)) {
        return language;
      }
    }
    // The first that is known wins: browsers write the preferred one first.
    for (String range : request.header("Accept-Language").orElse("").split(",", -1)) {
      String code = range.strip().toLowerCase(Locale.ROOT);
      for (Language language : values()) {
        if (code.matches(language.code() + "([-;].*)?")) {
          return language;
        }
      }
    }
    return EN;
  }
}
