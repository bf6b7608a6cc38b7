package io.x0tta6bl4.payment.internal;

/** Makes a stranger's text fit for a log. */
public final class Texts {

  private static final String CUT_OFF = "...";

  private Texts() {}

  /**
   * Cuts a text and takes out what could harm a reader.
   *
   * @param text anything
   * @param longest most characters
   * @return printable text
   */
  public static String printable(String text, int longest) {
    String cut = text.length() <= longest ? text : text.substring(0, longest - CUT_OFF.length());
    StringBuilder shown = new StringBuilder(cut.length());
    cut.codePoints().forEach(c -> shown.appendCodePoint(isHarmless(c) ? c : '?'));
    return cut.length() < text.length() ? shown + CUT_OFF : shown.toString();
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
