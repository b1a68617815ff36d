package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** Why one of many was refused, while the others were not. */
public record BatchProblem(String code, @Nullable String detail) {

  /** For people. */
  public String sentence() {
    return detail == null ? code : detail;
  }
}
