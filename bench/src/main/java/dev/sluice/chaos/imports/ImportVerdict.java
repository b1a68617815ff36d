package dev.sluice.chaos.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the trials gave.
 *
 * @param trials imports that were struck, each judged by itself
 * @param rounds strikes; several imports run while one is made
 * @param points crash points that were swept
 * @param neverReached those of them that no trial came to
 * @param violations trials after which something was wrong
 * @param bytesServed by the sources, all attempts together
 * @param bytesKept of the files of the versions
 * @param mischief what the proxy before the store did, and how often
 * @param first the history of the first violation; null when there is none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ImportVerdict(
    String leg,
    int trials,
    int rounds,
    List<String> points,
    List<String> neverReached,
    int violations,
    long seed,
    long files,
    long bytesServed,
    long bytesKept,
    Map<String, Integer> mischief,
    double secondsPerTrial,
    @Nullable Wrong first) {

  /**
   * A trial that went wrong.
   *
   * @param round as {@code --only} takes it
   * @param fault what was broken
   * @param wrong what the judge found
   * @param lines what was heard of the import
   */
  public record Wrong(int round, String fault, List<String> wrong, List<String> lines) {}

  /** Whether nothing was violated and every crash point was reached. */
  public boolean well() {
    return violations == 0 && neverReached.isEmpty();
  }
}
