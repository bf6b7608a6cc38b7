package io.x0tta6bl4.example.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of text in Markdown, with columns as wide as what is in them. Not thread-safe. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Begins with the heads of the columns.
   *
   * @param heads one for each column
   */
  Table(String... heads) {
    rows.add(List.of(heads));
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column
   */
  void add(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          cells.length + " cells " + Arrays.toString(cells) + ": expected " + rows.getFirst().size());
    }
    rows.add(List.of(cells));
  }

  /**
   * Draws it.
   *
   * @return its lines
   */
  List<String> lines() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        lines.add(line(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths));
      }
    }
    return lines;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      line.append(' ').append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length())).append(" |");
    }
    return line.toString();
  }
}
