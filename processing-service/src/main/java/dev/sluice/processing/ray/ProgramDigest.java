package dev.sluice.processing.ray;

/** Which of Sluice's own programs this service ships. */
public final class ProgramDigest {
  private static final String OWN = ProgramPackage.fromJar().name();

  private ProgramDigest() {}

  /** A name that changes with the program's files. */
  public static String own() {
    return OWN;
  }
}
