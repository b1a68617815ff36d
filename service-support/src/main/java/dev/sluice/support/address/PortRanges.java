package dev.sluice.support.address;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ports that may be connected to. */
record PortRanges(List<Range> ranges) {
  private static final int HIGHEST = 65_535;
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  PortRanges {
    ranges = List.copyOf(ranges);
  }

  /**
   * The ports of texts such as {@code 443} or {@code 9000-9010}.
   *
   * @throws IllegalArgumentException naming a text that is neither
   */
  static PortRanges of(List<String> texts) {
    return new PortRanges(texts.stream().map(PortRanges::range).toList());
  }

  private static Range range(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "': wanted is a port or a range such as 9000-9010");
    }
    int first = Integer.parseInt(form.group(1));
    return new Range(first, form.group(2) == null ? first : Integer.parseInt(form.group(2)));
  }

  boolean has(int port) {
    return ranges.stream().anyMatch(range -> range.first <= port && port <= range.last);
  }

  record Range(int first, int last) {
    Range {
      if (first < 1 || last > HIGHEST || last < first) {
        throw new IllegalArgumentException("no ports: " + first + "-" + last);
      }
    }
  }
}
