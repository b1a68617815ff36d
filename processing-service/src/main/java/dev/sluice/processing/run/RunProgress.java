package dev.sluice.processing.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come; a stage's first report is what its pace is taken from.
 *
 * @param stage the one at work, from 0
 * @param first the stage's first report
 */
public record RunProgress(
    int attempt, int stage, int stages, Blocks blocks, Rows rows, Instant at, Mark first) {

  private static final double MILLIS = 1_000.0;

  /** The progress after a report; this one when the report would lead back. */
  static RunProgress after(
      @Nullable RunProgress before, int attempt, ProgressReport report, Instant at) {
    if (before == null || before.attempt < attempt || before.endedStageOf(attempt, report)) {
      Mark first = new Mark(at, computed(report.blocks()), report.rows().in());
      return of(attempt, report, at, first);
    }
    return before.attempt == attempt && before.isPassedBy(report)
        ? of(attempt, report, at, before.first)
        : before;
  }

  private boolean endedStageOf(int sameAttempt, ProgressReport report) {
    return attempt == sameAttempt && stage < report.stage();
  }

  private static RunProgress of(int attempt, ProgressReport report, Instant at, Mark first) {
    return new RunProgress(
        attempt, report.stage(), report.stages(), report.blocks(), report.rows(), at, first);
  }

  private boolean isPassedBy(ProgressReport report) {
    return report.stage() == stage
        && report.blocks().done() >= blocks.done()
        && report.rows().in() >= rows.in()
        && report.rows().out() >= rows.out();
  }

  /** Rows that this stage reads in a second; null when that is not known yet. */
  @Nullable Double rowsPerSecond() {
    double seconds = seconds(first.at());
    long done = rows.in() - first.rowsIn();
    return seconds <= 0 || done <= 0 ? null : Math.round(done / seconds * 10) / 10.0;
  }

  /** Seconds to the end at the pace of this stage; null when that is not known. */
  @Nullable Long secondsLeft() {
    if (stage < stages - 1) {
      return null;
    }
    long left = blocks.total() - blocks.done();
    if (left <= 0) {
      return 0L;
    }
    double seconds = seconds(first.at());
    long done = computed(blocks) - first.blocks();
    return seconds <= 0 || done <= 0 ? null : (long) Math.ceil(left * seconds / done);
  }

  private double seconds(Instant from) {
    return Duration.between(from, at).toMillis() / MILLIS;
  }

  private static long computed(Blocks blocks) {
    return blocks.done() - blocks.reused();
  }

  /**
   * Blocks of the stage.
   *
   * @param done ended, those of earlier attempts among them
   * @param reused taken over from an earlier attempt
   */
  public record Blocks(long done, long reused, long total) {}

  /** Rows read and written so far. */
  public record Rows(long in, long out) {}

  /**
   * Where rates begin.
   *
   * @param blocks computed by then
   */
  public record Mark(Instant at, long blocks, long rowsIn) {}
}
