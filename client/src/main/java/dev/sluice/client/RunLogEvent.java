package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** What a follower of a run's log is told. */
public sealed interface RunLogEvent {
  /**
   * Text that was printed.
   *
   * @param offset of the byte after it; a follower that comes again says it
   */
  record Printed(String text, long offset) implements RunLogEvent {}

  /**
   * The attempt prints no more.
   *
   * @param nextAttempt null when there is none
   */
  record Ended(String state, int attempt, @Nullable Integer nextAttempt) implements RunLogEvent {}
}
