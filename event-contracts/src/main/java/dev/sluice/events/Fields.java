package dev.sluice.events;

/** Checks shared by the records of this module; the message names the field and the value. */
public final class Fields {
  private Fields() {}

  /** Refuses a missing or blank text. */
  public static void required(String field, @org.jspecify.annotations.Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + " is required");
    }
  }

  /** Refuses a missing value. */
  public static void required(String field, @org.jspecify.annotations.Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is required");
    }
  }

  /** Refuses a negative number. */
  public static void notNegative(String field, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(field + " must not be negative: " + value);
    }
  }
}
