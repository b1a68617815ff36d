package dev.sluice.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under titles, each column as wide as its widest cell, without lines around them. */
final class Table {

  private static final String GAP = "   ";

  private Table() {}

  static <T> String of(List<T> rows, List<Column<T>> columns) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(Column::title).toList());
    rows.forEach(row -> cells.add(columns.stream().map(column -> column.cell(row)).toList()));
    int[] widths = widths(cells, columns.size());
    StringBuilder text = new StringBuilder();
    for (List<String> line : cells) {
      text.append(line(line, columns, widths)).append('\n');
    }
    return text.toString();
  }

  /** One thing, a line for each of its properties. */
  static <T> String describe(T thing, List<Column<T>> properties) {
    int width = properties.stream().mapToInt(property -> property.title().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Column<T> property : properties) {
      String title = property.title() + " ".repeat(width - property.title().length());
      text.append(title).append(GAP).append(property.cell(thing)).append('\n');
    }
    return text.toString();
  }

  private static int[] widths(List<List<String>> cells, int columns) {
    int[] widths = new int[columns];
    for (List<String> line : cells) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    return widths;
  }

  private static <T> String line(List<String> cells, List<Column<T>> columns, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths[i] - length(cells.get(i)));
      text.append(i == 0 ? "" : GAP);
      text.append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return text.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
