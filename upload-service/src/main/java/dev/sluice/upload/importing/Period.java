package dev.sluice.upload.importing;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often something is imported; whole seconds, a minute to a year. */
record Period(Duration length) {
  static final String ALLOWED = "1 minute to 366 days, such as 30m, 6h, 1d or PT6H";

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Pattern SHORT = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

  Period {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a period of " + length);
    }
  }

  /** From {@code 6h} or {@code PT6H}; empty when it is neither, too short or too long. */
  static Optional<Period> read(String text) {
    try {
      Duration length = Duration.parse(iso(text.toLowerCase(Locale.ROOT)));
      return length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0
          ? Optional.empty()
          : Optional.of(new Period(Duration.ofSeconds(length.toSeconds())));
    } catch (DateTimeParseException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static String iso(String text) {
    Matcher form = SHORT.matcher(text);
    if (!form.matches()) {
      return text;
    }
    return (form.group(2).equals("d") ? "P" : "PT") + form.group(1) + form.group(2);
  }

  long seconds() {
    return length.toSeconds();
  }

  /** In ISO 8601. */
  @Override
  public String toString() {
    return length.toString();
  }
}
