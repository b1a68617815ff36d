package dev.sluice.chaos;

/**
 * One request of a trial and how it ended.
 *
 * @param stream whose next fact was asked for
 * @param rolledBack whether the use case was told to fail at its end
 * @param outcome {@code committed} with the event id, {@code rolled-back}, or {@code unknown} when
 *     the answer was lost
 * @param eventId as answered; empty when there was no answer
 */
record Said(String stream, boolean rolledBack, String outcome, String eventId) {
  static final String COMMITTED = "committed";
  static final String ROLLED_BACK = "rolled-back";
  static final String UNKNOWN = "unknown";
}
