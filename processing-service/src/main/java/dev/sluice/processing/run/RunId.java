package dev.sluice.processing.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identity of a run; the event id of the request that started it. */
public record RunId(@JsonValue UUID value) {
  /** The id in a path; a run with any other text does not exist. */
  static RunId parse(String text) {
    try {
      return new RunId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new RunProblem.RunNotFound(text).exception();
    }
  }

  /** The id that attempt {@code number} has at Ray; the same on every try to submit it. */
  public String submissionId(int number) {
    return "sluice-" + value + "-a" + number;
  }

  /** The id of the import that brings this run's outside source; the run's with one bit turned. */
  public UUID importId() {
    return new UUID(value.getMostSignificantBits(), value.getLeastSignificantBits() ^ 1L);
  }

  /** The run whose {@link #importId} that is. */
  public static RunId ofImport(UUID importId) {
    return new RunId(new RunId(importId).importId());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
