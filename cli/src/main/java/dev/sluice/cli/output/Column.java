package dev.sluice.cli.output;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table, or a line of a description.
 *
 * @param text the cell; null and empty print as a dash
 * @param right whether the cell is a number
 */
public record Column<T>(String title, Function<T, @Nullable Object> text, boolean right) {

  /** A column of words. */
  public static <T> Column<T> of(String title, Function<T, @Nullable Object> text) {
    return new Column<>(title, text, false);
  }

  /** A column of numbers. */
  public static <T> Column<T> number(String title, Function<T, @Nullable Object> text) {
    return new Column<>(title, text, true);
  }

  String cell(T row) {
    Object value = text.apply(row);
    String words = value == null ? "" : Texts.of(value);
    return words.isEmpty() ? "-" : words;
  }
}
