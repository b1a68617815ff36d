package dev.sluice.local;

/**
 * How a part is right now.
 *
 * @param part its name
 * @param health what it does
 * @param address where it is reached
 * @param memoryBytes what it and its children hold, 0 when not told
 */
public record PartStatus(String part, Health health, String address, long memoryBytes) {
  /** What a part does. */
  public enum Health {
    /** Answers. */
    READY,
    /** Runs but does not answer (yet). */
    NOT_READY,
    /** Does not run. */
    DOWN,
    /** A team's own server; not looked after here. */
    EXTERNAL
  }
}
