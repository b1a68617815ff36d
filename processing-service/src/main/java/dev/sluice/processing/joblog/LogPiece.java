package dev.sluice.processing.joblog;

import org.jspecify.annotations.Nullable;

/** What a follower of a log is told. */
sealed interface LogPiece {
  /**
   * Text that was printed.
   *
   * @param offset of the byte after it
   */
  record Printed(String text, long offset) implements LogPiece {}

  /** Nothing was printed for a while, and the connection is still good. */
  record Alive() implements LogPiece {}

  /**
   * The attempt prints no more.
   *
   * @param state of the run
   * @param nextAttempt null when there is none
   */
  record End(String state, int attempt, @Nullable Integer nextAttempt) implements LogPiece {}
}
