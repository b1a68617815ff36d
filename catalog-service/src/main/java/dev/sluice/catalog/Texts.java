package dev.sluice.catalog;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Checks of the free texts that people write about their things. */
public final class Texts {
  /** Longest name for people's eyes. */
  public static final int NAME = 200;

  /** Longest description. */
  public static final int DESCRIPTION = 4_000;

  private Texts() {}

  /** The text without outer blanks, null when nothing is left; 400 when it is too long. */
  public static @Nullable String checked(String field, @Nullable String value, int longest) {
    if (value == null || value.isBlank()) {
      return null;
    }
    String text = value.strip();
    if (text.length() > longest || text.chars().anyMatch(c -> c == 0)) {
      throw InvalidRequest.of(field, value, "at most " + longest + " characters, none of them NUL")
          .exception();
    }
    return text;
  }
}
