package dev.sluice.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how patiently a call is repeated: delays double from the first to the longest, each
 * shortened at random by up to a half so that many clients do not come back at once.
 *
 * @param attempts tries in all, at least one
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay) {

  /** About half a minute: for services that are starting or restarting. */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(10, Duration.ofMillis(200), Duration.ofSeconds(5));

  /** About two seconds: for a person who waits at a terminal. */
  public static final RetryPolicy BRIEF =
      new RetryPolicy(4, Duration.ofMillis(200), Duration.ofSeconds(2));

  /** One try. */
  public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
    }
    if (firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "delays must not be negative or shrink: " + firstDelay + " to " + longestDelay);
    }
  }

  /** The delay after the given failed attempt (1 = the first). */
  public Duration delayAfter(int attempt) {
    long doubled = firstDelay.toMillis() << Math.min(attempt - 1, 20);
    long millis = Math.min(doubled, longestDelay.toMillis());
    return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }

  /** Whether another try is left after the given failed attempt. */
  public boolean allowsAfter(int attempt) {
    return attempt < attempts;
  }
}
