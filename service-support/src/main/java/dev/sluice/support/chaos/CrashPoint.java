package dev.sluice.support.chaos;

/**
 * A named instant at which a test may kill the process, as a power cut would.
 *
 * <p>Armed by {@code -Dsluice.crash-point=<name>}; otherwise one string comparison.
 */
public final class CrashPoint {
  private static final String ARMED = System.getProperty("sluice.crash-point", "");
  private static final int KILLED = 137;

  private CrashPoint() {}

  /** Halts the process, without shutdown hooks, when {@code name} is armed. */
  public static void hit(String name) {
    if (!ARMED.isEmpty() && ARMED.equals(name)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
