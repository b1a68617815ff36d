package dev.sluice.support.chaos;

/**
 * A named instant at which a test may kill the process, as a power cut would.
 *
 * <p>Armed by {@code -Dsluice.crash-point=<name>} or, while it runs, by {@link #arm}; otherwise one
 * string comparison.
 */
public final class CrashPoint {
  private static final int KILLED = 137;
  private static volatile String armed = System.getProperty("sluice.crash-point", "");
  private static volatile Runnable death = () -> Runtime.getRuntime().halt(KILLED);

  private CrashPoint() {}

  /** Arms a point of this process; an empty name disarms. */
  public static void arm(String name) {
    armed = name;
  }

  /** As the other, for tests that share the process: what happens instead of its death. */
  public static void arm(String name, Runnable instead) {
    death = instead;
    armed = name;
  }

  /** Halts the process, without shutdown hooks, when {@code name} is armed. */
  public static void hit(String name) {
    if (!armed.isEmpty() && armed.equals(name)) {
      death.run();
    }
  }
}
