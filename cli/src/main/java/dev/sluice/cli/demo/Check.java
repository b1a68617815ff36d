package dev.sluice.cli.demo;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A comparison of what came out with what was put in. */
public record Check(String name, String expected, String actual, boolean holds) {

  static Check equal(String name, @Nullable Object expected, @Nullable Object actual) {
    boolean holds = Objects.equals(expected, actual);
    return new Check(name, String.valueOf(expected), String.valueOf(actual), holds);
  }

  static Check atLeast(String name, long expected, long actual) {
    return new Check(name, "at least " + expected, String.valueOf(actual), actual >= expected);
  }

  static Check that(String name, boolean holds, String actual) {
    return new Check(name, "true", actual, holds);
  }

  String sentence() {
    return holds
        ? "✓ " + name + ": " + actual
        : "✗ " + name + ": expected " + expected + ", found " + actual;
  }
}
