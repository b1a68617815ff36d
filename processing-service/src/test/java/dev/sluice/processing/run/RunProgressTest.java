package dev.sluice.processing.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.processing.run.RunProgress.Blocks;
import dev.sluice.processing.run.RunProgress.Rows;
import dev.sluice.support.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunProgressTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void knowsNeitherPaceNorTimeAtFirst() {
    // When
    RunProgress progress = RunProgress.after(null, 1, report(0, 2, 2, 10, 40), AT);

    // Then
    assertThat(progress.rowsPerSecond()).isNull();
    assertThat(progress.secondsLeft()).isNull();
  }

  @Test
  void takesItsPaceFromWhatThisAttemptHasComputed() {
    // Given
    RunProgress begun = RunProgress.after(null, 2, report(0, 4, 4, 10, 0), AT);

    // When
    RunProgress progress = RunProgress.after(begun, 2, report(0, 6, 4, 10, 50), AT.plusSeconds(5));

    // Then
    assertThat(progress.rowsPerSecond()).isEqualTo(10.0);
    assertThat(progress.secondsLeft()).isEqualTo(10);
  }

  @Test
  void doesNotGuessWhatAStageThatHasNotBegunWillTake() {
    // Given
    RunProgress begun =
        RunProgress.after(null, 1, new ProgressReport(0, 2, blocks(1, 10), rows(1)), AT);

    // When
    RunProgress progress =
        RunProgress.after(
            begun, 1, new ProgressReport(0, 2, blocks(5, 10), rows(9)), AT.plusSeconds(1));

    // Then
    assertThat(progress.secondsLeft()).isNull();
  }

  @ParameterizedTest(name = "done {0}, rows {1}")
  @CsvSource({"2, 90", "4, 10"})
  void neverGoesBack(int done, int rows) {
    // Given
    RunProgress before = RunProgress.after(null, 1, report(0, 3, 0, 10, 50), AT);

    // When
    RunProgress after =
        RunProgress.after(before, 1, report(0, done, 0, 10, rows), AT.plusSeconds(1));

    // Then
    assertThat(after).isEqualTo(before);
  }

  @Test
  void ignoresAnEarlierAttemptAndBeginsAnewWithALaterOne() {
    // Given
    RunProgress before = RunProgress.after(null, 2, report(0, 3, 0, 10, 50), AT);

    // Then
    assertThat(RunProgress.after(before, 1, report(0, 9, 0, 10, 99), AT)).isEqualTo(before);
    assertThat(RunProgress.after(before, 3, report(0, 0, 0, 10, 0), AT).blocks().done()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0, 0, 0", "0, 0, 0, 0, 0", "0, 1, 3, 4, 5", "0, 1, 6, 0, 5", "0, 1, 1, -1, 5"})
  void refusesFiguresThatContradictEachOther(
      int stage, int stages, int done, int reused, int total) {
    // Then
    assertThatThrownBy(
            () ->
                new ProgressReport(stage, stages, new Blocks(done, reused, total), rows(0))
                    .checked())
        .isInstanceOf(ProblemException.class);
  }

  private static ProgressReport report(int stage, int done, int reused, int total, int rows) {
    return new ProgressReport(stage, 1, new Blocks(done, reused, total), rows(rows));
  }

  private static Blocks blocks(int done, int total) {
    return new Blocks(done, 0, total);
  }

  private static Rows rows(int in) {
    return new Rows(in, in);
  }
}
