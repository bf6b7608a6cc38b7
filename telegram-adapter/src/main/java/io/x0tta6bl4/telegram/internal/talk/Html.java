package io.x0tta6bl4.telegram.internal.talk;

/** Text for a message in HTML mode. */
public final class Html {

  private static final String CUT_OFF = "…";

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /** Takes mark-up of our own. */
  static Html of(String markup) {
    return new Html(markup);
  }

  /**
   * Makes a stranger's text fit for a message: cut, without control, format and bidirectional characters and lone surrogates,
   * which could hide or turn around what stands beside them, and with {@code & < > "} escaped.
   *
   * @param text anything
   * @param longest most characters before the escaping
   * @return harmless text
   */
  public static String escape(String text, int longest) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    int count = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (!isHarmless(c)) {
        continue;
      }
      if (++count > longest) {
        return out.append(CUT_OFF).toString();
      }
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.appendCodePoint(c);
      }
    }
    return out.toString();
  }

  /** Escapes and shows as a thing to be copied by a tap. */
  static Html code(String text, int longest) {
    return new Html("<code>" + escape(text, longest) + "</code>");
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return markup;
  }
}
