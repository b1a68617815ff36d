package dev.sluice.chaos.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the trials gave.
 *
 * @param trials random faults and crash points together
 * @param faults how often each kind of fault was tried
 * @param points crash points that were swept, and how often the service halted there
 * @param neverReached those of them that no trial came to
 * @param violations trials after which something was wrong
 * @param bytesSentAgain bytes that went over the wire more than once, for whatever reason
 * @param internalErrors answers 500 while something was broken
 * @param repairs parts that were found damaged and sent again
 * @param orphans what the service's reconciliation found and put right
 * @param mischief what the proxies did, and how often
 * @param first the history of the first violation; null when there is none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UploadVerdict(
    String leg,
    int trials,
    Map<String, Integer> faults,
    Map<String, Integer> points,
    List<String> neverReached,
    int violations,
    long seed,
    long files,
    long bytes,
    long bytesSentAgain,
    long internalErrors,
    long repairs,
    long orphans,
    Map<String, Integer> mischief,
    double slowestRestSeconds,
    double secondsPerTrial,
    @Nullable Wrong first) {

  /**
   * A trial that went wrong.
   *
   * @param trial as {@code --only} takes it
   * @param fault what was broken
   * @param wrong what the judge found
   * @param lines what clients did and heard
   */
  public record Wrong(int trial, String fault, List<String> wrong, List<String> lines) {}

  /** Whether nothing was violated and every crash point was reached. */
  public boolean well() {
    return violations == 0 && neverReached.isEmpty();
  }
}
