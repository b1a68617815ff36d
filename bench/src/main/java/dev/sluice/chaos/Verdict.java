package dev.sluice.chaos;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the trials gave.
 *
 * @param violations trials after which something new was wrong
 * @param first the history of the first of them; null when there is none
 * @param slowestRestSeconds longest time from the restart to rest
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Verdict(
    String leg,
    int trials,
    int violations,
    long seed,
    long facts,
    double slowestRestSeconds,
    @Nullable History first) {

  /**
   * A trial that went wrong.
   *
   * @param trial from 0
   * @param fault what was broken, and when
   * @param wrong what the checker found, at most twenty lines
   * @param requests what was asked in this trial, the last two hundred
   */
  public record History(int trial, String fault, List<String> wrong, List<String> requests) {}
}
