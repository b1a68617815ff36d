package dev.sluice.processing.code;

/** Files that cannot be a working directory. */
public final class CodeRefused extends RuntimeException {
  private final String code;

  CodeRefused(String code, String why) {
    super(why, null, false, false);
    this.code = code;
  }

  /** Short code of the reason, for example {@code working-dir-too-large}. */
  public String code() {
    return code;
  }
}
