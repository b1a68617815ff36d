package dev.sluice.catalog.lineage;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Where to follow a lineage. */
public enum Direction {
  /** To what the version was made from. */
  UP,
  /** To what was made from it. */
  DOWN,
  /** Up and down; not from there to what else was made of its sources. */
  BOTH;

  /** By its name in lower case; up when absent. */
  public static Direction of(@Nullable String text) {
    if (text == null) {
      return UP;
    }
    for (Direction direction : values()) {
      if (direction.text().equals(text)) {
        return direction;
      }
    }
    throw InvalidRequest.of("direction", text, "up, down or both").exception();
  }

  String text() {
    return switch (this) {
      case UP -> "up";
      case DOWN -> "down";
      case BOTH -> "both";
    };
  }
}
