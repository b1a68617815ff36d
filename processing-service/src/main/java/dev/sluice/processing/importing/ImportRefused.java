package dev.sluice.processing.importing;

/** The import will never be made. */
public final class ImportRefused extends RuntimeException {
  private final String code;

  ImportRefused(String code, String why) {
    super(why, null, false, false);
    this.code = code;
  }

  /** Upload-service's code, for example {@code source-refused}. */
  public String code() {
    return code;
  }
}
