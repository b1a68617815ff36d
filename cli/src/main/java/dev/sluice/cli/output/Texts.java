package dev.sluice.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values as people read them. */
public final class Texts {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Texts() {}

  /** Any value: enums in lower case, lists with commas, times to the second. */
  public static String of(Object value) {
    return switch (value) {
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case Instant time -> time.truncatedTo(ChronoUnit.SECONDS).toString();
      case Collection<?> list -> list.stream().map(Texts::of).collect(Collectors.joining(", "));
      default -> value.toString().strip();
    };
  }

  /** {@code 17.3 MiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** {@code 17.3 MiB/s}. */
  public static String rate(long bytes, double seconds) {
    return bytes((long) (bytes / Math.max(seconds, 0.001))) + "/s";
  }

  /** {@code 1,234}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 0.42 s}, {@code 12.3 s}, {@code 3 min 20 s}. */
  public static String seconds(Duration time) {
    double seconds = time.toNanos() / 1e9;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
    return seconds < 120
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }

  /** A text on one line and not longer than given, cut with an ellipsis. */
  public static String shorten(String text, int longest) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
  }
}
