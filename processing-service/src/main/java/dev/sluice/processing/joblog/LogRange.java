package dev.sluice.processing.joblog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of a {@code Range} header, in bytes as they were printed.
 *
 * @param first null for the last bytes
 * @param last inclusive, or how many of the last bytes; null for all that follow
 */
record LogRange(@Nullable Long first, @Nullable Long last) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{1,18})?-(\\d{1,18})?");

  /** The range; empty when the header is absent, or has a form that may be ignored. */
  static Optional<LogRange> of(@Nullable String header) {
    Matcher match = ONE.matcher(header == null ? "" : header.replace(" ", ""));
    if (!match.matches()) {
      return Optional.empty();
    }
    Long first = number(match.group(1));
    Long last = number(match.group(2));
    boolean backwards = first != null && last != null && last < first;
    return (first == null && last == null) || backwards
        ? Optional.empty()
        : Optional.of(new LogRange(first, last));
  }

  private static @Nullable Long number(@Nullable String digits) {
    return digits == null ? null : Long.valueOf(digits);
  }

  /** Where it begins in a log of so many bytes. */
  long begin(long total) {
    if (first != null) {
      return first;
    }
    return Math.max(0, total - (last == null ? 0 : last));
  }

  /** Where it ends, exclusive. */
  long end(long total) {
    return first == null || last == null ? total : Math.min(total, last + 1);
  }
}
