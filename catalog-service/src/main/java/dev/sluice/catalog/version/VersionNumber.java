package dev.sluice.catalog.version;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.regex.Pattern;

/** A version's place on its dataset's line: {@code v1}, {@code v2}, … */
public record VersionNumber(int value) implements Comparable<VersionNumber> {
  private static final Pattern FORM = Pattern.compile("v[1-9][0-9]{0,8}");

  public VersionNumber {
    if (value < 1) {
      throw new IllegalArgumentException("a version number begins with 1: " + value);
    }
  }

  /** From {@code v<number>}; 400 when the text has another form. */
  public static VersionNumber of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw InvalidRequest.of(
              "version", text, "v1, v2, …, latest, or the name of an alias or a tag")
          .exception();
    }
    return new VersionNumber(Integer.parseInt(text.substring(1)));
  }

  @Override
  public int compareTo(VersionNumber other) {
    return Integer.compare(value, other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return "v" + value;
  }
}
