package dev.sluice.bench;

import java.nio.file.Path;

/**
 * How a bench is run.
 *
 * @param pairs pairs that count, after the warm-ups
 * @param warmUps pairs that do not count
 * @param scale share of the full amount of work in each run, 1 is all of it
 * @param seed of the bootstrap
 * @param data folder for the servers' data, emptied afterwards
 * @param only a case is run when this is a part of its name
 */
public record Settings(int pairs, int warmUps, double scale, long seed, Path data, String only) {
  /** All cases. */
  public Settings(int pairs, int warmUps, double scale, long seed, Path data) {
    this(pairs, warmUps, scale, seed, data, "");
  }

  /** Checks that there is something to compare. */
  public Settings {
    if (pairs < 1 || warmUps < 0 || scale <= 0 || scale > 1) {
      throw new IllegalArgumentException(
          "pairs must be 1 or more, warm-ups 0 or more, scale above 0 and at most 1");
    }
  }

  /** Whether a case of the name is to be run. */
  public boolean wants(String name) {
    return name.contains(only);
  }

  /** This share of {@code full}, at least {@code least}. */
  public int scaled(int full, int least) {
    return Math.max(least, (int) Math.round(full * scale));
  }
}
