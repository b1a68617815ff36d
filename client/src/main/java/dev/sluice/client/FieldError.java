package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** One field that the service did not accept, with the value sent and what would be allowed. */
public record FieldError(
    String field, @Nullable String value, @Nullable String allowed, @Nullable String detail) {

  /** For people: {@code partNumber = 99: must be 1 to 3}. */
  public String sentence() {
    StringBuilder text = new StringBuilder(field);
    if (value != null) {
      text.append(" = ").append(value);
    }
    if (detail != null) {
      text.append(": ").append(detail);
    }
    if (allowed != null) {
      text.append(detail == null ? ": allowed " : ", allowed ").append(allowed);
    }
    return text.toString();
  }
}
