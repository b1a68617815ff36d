package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.output.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class JournalTest {

  private final StringWriter err = new StringWriter();
  private final Journal journal =
      new Journal(
          new Output(new PrintWriter(new StringWriter()), new PrintWriter(err, true), false));

  @Test
  void holdsWhenEveryComparisonDoes() throws Exception {
    // When
    String result =
        journal.step(
            "Count",
            () -> {
              journal.check(Check.equal("files", 3, 3));
              journal.check(Check.atLeast("events", 2, 3));
              return "done";
            });

    // Then
    assertThat(result).isEqualTo("done");
    assertThat(journal.report().holds()).isTrue();
    assertThat(journal.report().steps().getFirst().title()).isEqualTo("Count");
  }

  @Test
  void doesNotHoldWhenOneComparisonFails() {
    // When
    journal.check(Check.equal("files", 3, 3));
    journal.check(Check.equal("points = rows", 412L, 411L));

    // Then
    assertThat(journal.report().holds()).isFalse();
    assertThat(err.toString()).contains("✗ points = rows: expected 412, found 411");
  }
}
