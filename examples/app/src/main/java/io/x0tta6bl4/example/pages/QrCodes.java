package io.x0tta6bl4.example.pages;

import io.nayuki.qrcodegen.QrCode;
import io.x0tta6bl4.example.web.Html;
import io.x0tta6bl4.telegram.QrRenderer;

/** QR codes: as SVG for pages, as PNG for the chat. Thread-safe. */
public final class QrCodes implements QrRenderer {

  private static final int QUIET = 4;
  private static final int PNG_SCALE = 8;

  /** Makes codes. */
  public QrCodes() {}

  private static QrCode encode(String text) {
    return QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
  }

  /**
   * Draws a code as SVG: dark on white whatever the page's colours, since readers expect that.
   *
   * @param text what it holds
   * @param label what it is called for those who cannot see it
   * @return an element
   */
  static Html svg(String text, String label) {
    QrCode code = encode(text);
    int size = code.size + 2 * QUIET;
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
        }
      }
    }
    Html html = new Html();
    html.open(
        "svg", "class", "qr", "viewBox", "0 0 " + size + " " + size, "role", "img", "aria-label", label,
        "shape-rendering", "crispEdges");
    html.open("rect", "width", Integer.toString(size), "height", Integer.toString(size), "fill", "#fff").close("rect");
    return html.open("path", "d", path.toString(), "fill", "#000").close("path").close("svg");
  }

  @Override
  public byte[] png(String text) {
    QrCode code = encode(text);
    int size = (code.size + 2 * QUIET) * PNG_SCALE;
    return PngWriter.write(
        size, (x, y) -> code.getModule(Math.floorDiv(x, PNG_SCALE) - QUIET, Math.floorDiv(y, PNG_SCALE) - QUIET));
  }
}
