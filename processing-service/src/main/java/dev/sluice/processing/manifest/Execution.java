package dev.sluice.processing.manifest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run is to be carried out.
 *
 * @param tolerance share of rows, 0 to 1, that may go to quarantine before the run fails
 * @param deadline from the request to the end; null leaves it to {@code sluice.runs.deadline}
 * @param priority 0 to 9; higher ones start first
 * @param reuse whether an earlier output of the same inputs and recipe may be taken instead
 */
public record Execution(
    double tolerance, Retry retry, @Nullable Duration deadline, int priority, boolean reuse) {

  /**
   * What follows a failed attempt.
   *
   * @param maxAttempts in all; null leaves it to {@code sluice.runs.max-attempts}
   * @param backoff before the second attempt; doubled before each one after it
   */
  public record Retry(@Nullable Integer maxAttempts, Duration backoff) {
    /** No pause is longer. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private static final int DOUBLINGS = 20;

    /** How long to wait after attempt {@code number} has failed. */
    public Duration pauseAfter(int number) {
      Duration pause = backoff.multipliedBy(1L << Math.min(number - 1, DOUBLINGS));
      return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }
}
