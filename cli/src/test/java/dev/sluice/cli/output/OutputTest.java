package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTest {

  private record Row(String name, int number) {}

  private static final List<Column<Row>> COLUMNS =
      List.of(Column.of("NAME", Row::name), Column.number("NUMBER", Row::number));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Output output =
      new Output(new PrintWriter(out, true), new PrintWriter(err, true), false);

  @Test
  void alignsWordsLeftAndNumbersRight() {
    // When
    output.list(List.of(new Row("ab", 1), new Row("ü", 12_345)), COLUMNS);

    // Then
    assertThat(out).hasToString("NAME   NUMBER\nab          1\nü       12345\n");
  }

  @Test
  void saysSoWhenAListIsEmpty() {
    // When
    output.list(List.of(), COLUMNS);

    // Then
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEqualToIgnoringNewLines("Nothing here.");
  }

  @Test
  void anEmptyListIsAnEmptyArray() {
    // When
    output.as(() -> Format.json).list(List.of(), COLUMNS);

    // Then
    assertThat(out.toString().strip()).isEqualTo("[ ]");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void describesOneThingLineByLine() {
    // When
    output.one(new Row("", 7), COLUMNS);

    // Then
    assertThat(out).hasToString("NAME     -\nNUMBER   7\n");
  }

  @Test
  void progressDrawsNoBarWithoutATerminal() {
    // When
    try (Progress progress = new Progress(output, "upload")) {
      progress.at(1, 2, "half");
      progress.note("a.png: ignored");
    }

    // Then
    assertThat(err.toString()).isEqualToIgnoringNewLines("upload  a.png: ignored");
  }

  @Test
  void progressDrawsABarOnATerminalAndCleansUp() {
    // Given
    Output terminal = new Output(new PrintWriter(out, true), new PrintWriter(err, true), true);

    // When
    try (Progress progress = new Progress(terminal, "upload")) {
      progress.at(1, 2, "half");
    }

    // Then
    assertThat(err.toString()).contains("██████████████░░░░░░░░░░░░░░  50 %  half");
    assertThat(err.toString()).endsWith("\r\u001b[2K");
  }
}
