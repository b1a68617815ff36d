package dev.sluice.processing.reservation;

/** The catalog understood the request and will never grant it. */
public final class CatalogRefused extends RuntimeException {
  private final String code;

  CatalogRefused(String code, String why) {
    super(why, null, false, false);
    this.code = code;
  }

  /** The catalog's problem code, for example {@code version-not-found}. */
  public String code() {
    return code;
  }
}
