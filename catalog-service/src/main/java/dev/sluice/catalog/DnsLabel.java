package dev.sluice.catalog;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of names that become part of host names, buckets and object keys. */
public final class DnsLabel {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{1,38}[a-z0-9]");
  private static final String ALLOWED =
      "3 to 40 characters of a-z, 0-9 and '-', not beginning or ending with '-'";

  private DnsLabel() {}

  /** The value itself; 400 naming {@code field} when it is no DNS label of 3 to 40 characters. */
  public static String checked(String field, @Nullable String value) {
    if (value == null || !FORM.matcher(value).matches()) {
      throw InvalidRequest.of(field, String.valueOf(value), ALLOWED).exception();
    }
    return value;
  }
}
