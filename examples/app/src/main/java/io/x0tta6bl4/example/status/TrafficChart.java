package io.x0tta6bl4.example.status;

import io.x0tta6bl4.example.web.Html;
import java.util.List;
import java.util.Map;

/** Draws the traffic as lines, one for each class. */
final class TrafficChart {

  private static final int WIDTH = 600;
  private static final int HEIGHT = 160;
  private static final int SAMPLES = 150;

  private TrafficChart() {}

  static Html of(Status.Flow flow) {
    Html html = new Html().element("h2", StatusSections.title("traffic"));
    if (flow.whyNot() != null) {
      return html.element("p", "Not counted: " + flow.whyNot() + ".", "class", "hint");
    }
    long highest = flow.packets().values().stream().flatMap(List::stream).mapToLong(Long::longValue).max().orElse(0);
    html.open("figure");
    html.open(
        "svg",
        "viewBox", "0 0 " + WIDTH + " " + HEIGHT,
        "preserveAspectRatio", "none",
        "class", "chart",
        "role", "img",
        "aria-label", "Packets a second by class over the last five minutes, at most " + highest);
    html.open("path", "class", "grid", "d", "M0 0H" + WIDTH + "M0 " + HEIGHT / 2 + "H" + WIDTH + "M0 " + HEIGHT + "H" + WIDTH);
    html.close("path");
    int series = 0;
    for (Map.Entry<String, List<Long>> line : flow.packets().entrySet()) {
      html.open("path", "class", "line series" + series++, "d", path(line.getValue(), highest)).close("path");
    }
    html.close("svg").open("figcaption").element("span", "0 to " + highest + " packets a second, five minutes");
    html.open("ul", "class", "legend");
    series = 0;
    for (Map.Entry<String, List<Long>> line : flow.packets().entrySet()) {
      html.open("li").element("span", "", "class", "key series" + series++);
      html.text(line.getKey() + " " + (line.getValue().isEmpty() ? 0 : line.getValue().getLast()) + "/s").close("li");
    }
    return html.close("ul").close("figcaption").close("figure");
  }

  private static String path(List<Long> rates, long highest) {
    StringBuilder path = new StringBuilder();
    int first = SAMPLES - rates.size();
    for (int i = 0; i < rates.size(); i++) {
      long x = (long) (first + i) * WIDTH / (SAMPLES - 1);
      long y = highest == 0 ? HEIGHT - 1 : HEIGHT - 1 - rates.get(i) * (HEIGHT - 2) / highest;
      path.append(i == 0 ? 'M' : 'L').append(x).append(' ').append(y);
    }
    return path.toString();
  }
}
