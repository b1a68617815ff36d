package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the trials gave.
 *
 * @param trials projects that were struck, each judged by itself
 * @param rounds strikes; several projects are worked on while one is made
 * @param faults how often each kind struck
 * @param points how often the service halted at each crash point of its sources
 * @param neverReached those of them that no trial came to
 * @param violations trials after which something was wrong
 * @param requests asked by writers, readers and the judge
 * @param lost requests without an answer
 * @param versions sealed versions that the judge read
 * @param facts events that the judge compared
 * @param reads answers of readers while others sealed
 * @param slowestRestSeconds longest time from the end of a strike until everything had its effect
 * @param first the history of the first violation; null when there is none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CatalogVerdict(
    String leg,
    int trials,
    int rounds,
    Map<String, Integer> faults,
    Map<String, Integer> points,
    List<String> neverReached,
    int violations,
    long seed,
    long requests,
    long lost,
    long versions,
    long facts,
    long reads,
    double slowestRestSeconds,
    double secondsPerRound,
    @Nullable Wrong first) {

  /**
   * A trial that went wrong.
   *
   * @param round as {@code --only} takes it
   * @param fault what was broken
   * @param wrong what the judge found
   * @param lines what was asked and answered
   */
  public record Wrong(int round, String fault, List<String> wrong, List<String> lines) {}

  /** Whether nothing was violated and every crash point was reached. */
  public boolean well() {
    return violations == 0 && neverReached.isEmpty();
  }
}
