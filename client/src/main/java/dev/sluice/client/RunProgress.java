package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/**
 * How far a run's attempt is.
 *
 * @param stage the one at work, from 0
 * @param rowsPerSecond null when that is not known yet
 * @param secondsLeft null when that is not known
 */
public record RunProgress(
    int stage,
    int stages,
    Blocks blocks,
    Rows rows,
    @Nullable Double rowsPerSecond,
    @Nullable Long secondsLeft) {

  /** Blocks of the stage. */
  public record Blocks(long done, long reused, long total) {}

  /** Rows read and written so far. */
  public record Rows(long in, long out) {}
}
