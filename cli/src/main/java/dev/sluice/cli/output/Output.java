package dev.sluice.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.client.Json;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a command speaks: results (tables, JSON) go out, words for people go beside them, so that
 * what is piped is only what was asked for.
 */
public final class Output {

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private final Supplier<Format> format;

  /**
   * Speaks to the given writers.
   *
   * @param terminal whether a person watches
   */
  public Output(PrintWriter out, PrintWriter err, boolean terminal) {
    this(out, err, terminal, () -> Format.table);
  }

  private Output(PrintWriter out, PrintWriter err, boolean terminal, Supplier<Format> format) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.format = format;
  }

  /** The same writers, in a format that is known later. */
  public Output as(Supplier<Format> otherFormat) {
    return new Output(out, err, terminal, otherFormat);
  }

  /** For who prints by itself. */
  public PrintWriter out() {
    return out;
  }

  /** For who complains by itself. */
  public PrintWriter err() {
    return err;
  }

  /** Whether results are JSON. */
  public boolean json() {
    return format.get() == Format.json;
  }

  /** Whether a person watches. */
  public boolean terminal() {
    return terminal;
  }

  /** A list: a JSON array of the whole rows, or a table. */
  public <T> void list(List<T> rows, List<Column<T>> columns) {
    if (json()) {
      printJson(rows);
    } else if (rows.isEmpty()) {
      say("Nothing here.");
    } else {
      print(Table.of(rows, columns));
    }
  }

  /** The text of a table, for who prints more than that. */
  public static <T> String table(List<T> rows, List<Column<T>> columns) {
    return Table.of(rows, columns);
  }

  /** One thing: a JSON object, or a line for each property. */
  public <T> void one(T thing, List<Column<T>> properties) {
    if (json()) {
      printJson(thing);
    } else {
      print(Table.describe(thing, properties));
    }
  }

  /** A result as it is. */
  public void print(String text) {
    out.print(text);
    out.flush();
  }

  /** Words for people. */
  public void say(String text) {
    err.println(text);
    err.flush();
  }

  /** Words without a new line, for progress. */
  void beside(String text) {
    err.print(text);
    err.flush();
  }

  /** The JSON of a result. */
  public void printJson(Object value) {
    try {
      print(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
