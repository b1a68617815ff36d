package dev.sluice.chaos.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the trials gave.
 *
 * @param trials runs that were struck, each judged by itself
 * @param rounds strikes; several runs are at work while one is made
 * @param violations trials after which something was wrong
 * @param faults rounds by kind of fault
 * @param attempts how many runs ended in their first, second, … attempt
 * @param files of the undisturbed run's version
 * @param reference digest of the undisturbed run's version
 * @param first the first violation; null when there is none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunVerdict(
    String leg,
    int trials,
    int rounds,
    int violations,
    long seed,
    Map<String, Integer> faults,
    Map<Integer, Integer> attempts,
    int files,
    String reference,
    double secondsPerTrial,
    @Nullable Wrong first) {

  /**
   * A trial that went wrong.
   *
   * @param round as {@code --only} takes it
   * @param fault what was broken
   * @param wrong what the judge found
   */
  public record Wrong(int round, String fault, List<String> wrong) {}

  /** Whether nothing was violated. */
  public boolean well() {
    return violations == 0;
  }
}
