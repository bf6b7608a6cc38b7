package io.x0tta6bl4.example.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes HTML. Whatever is a text or the value of an attribute is escaped; tags and names are the program's own. For one thread. */
public final class Html {

  private static final Set<String> VOID = Set.of("br", "hr", "img", "input", "link", "meta");

  private final StringBuilder out = new StringBuilder(8192);

  /** Begins with nothing. */
  public Html() {}

  /**
   * Opens an element.
   *
   * @param tag its name
   * @param attributes names and values by turns; one with the value null is left out
   * @return this
   */
  public Html open(String tag, @Nullable String... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("attributes of " + tag + ": expected names and values by turns");
    }
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      String value = attributes[i + 1];
      if (value != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(value);
        out.append('"');
      }
    }
    out.append('>');
    if (VOID.contains(tag)) {
      out.append('\n');
    }
    return this;
  }

  /**
   * Closes an element.
   *
   * @param tag its name
   * @return this
   */
  public Html close(String tag) {
    out.append("</").append(tag).append(">\n");
    return this;
  }

  /**
   * Writes a text.
   *
   * @param text any
   * @return this
   */
  public Html text(String text) {
    escape(text);
    return this;
  }

  /**
   * Writes an element that has a text only.
   *
   * @param tag its name
   * @param text any
   * @param attributes names and values by turns
   * @return this
   */
  public Html element(String tag, String text, @Nullable String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /**
   * Writes what was written elsewhere.
   *
   * @param part complete elements
   * @return this
   */
  public Html part(Html part) {
    out.append(part.out);
    return this;
  }

  /**
   * Begins a page.
   *
   * @return this
   */
  public Html doctype() {
    out.append("<!doctype html>\n");
    return this;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
