package dev.sluice.processing.manifest;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Spans of time in a manifest: {@code 90s}, {@code 10m}, {@code 6h}, {@code 7d}, or ISO-8601. */
final class DurationText {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private DurationText() {}

  /** The span; null when the text is none. */
  static @Nullable Duration parse(String text) {
    Matcher plain = SHORT.matcher(text);
    if (plain.matches()) {
      long number = Long.parseLong(plain.group(1));
      return switch (plain.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** The short spelling of a span of whole seconds. */
  static String of(Duration span) {
    if (span.toSeconds() > 0 && span.toSeconds() % 86_400 == 0) {
      return span.toDays() + "d";
    }
    boolean minutes = span.toSeconds() > 0 && span.toSeconds() % 60 == 0;
    return minutes ? span.toMinutes() + "m" : span.toSeconds() + "s";
  }
}
