package dev.sluice.support.problem;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one field of a request.
 *
 * @param field name or path of the field, as the caller wrote it
 * @param value the refused value, shortened to 200 characters; absent when it was missing
 * @param allowed what would have been accepted
 */
public record FieldError(String field, @Nullable String value, String allowed) {
  private static final int LONGEST = 200;

  public FieldError {
    if (value != null && value.length() > LONGEST) {
      value = value.substring(0, LONGEST) + "…";
    }
  }
}
