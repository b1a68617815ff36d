package dev.sluice.vectorsink;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.regex.Pattern;

/** The number of a version; written {@code v1}, {@code v2}, … */
public record VersionLabel(int number) {
  private static final Pattern FORM = Pattern.compile("v[1-9][0-9]{0,8}");

  public VersionLabel {
    if (number < 1) {
      throw new IllegalArgumentException("versions count from 1: " + number);
    }
  }

  /** Reads {@code v3}; 400 for anything else. */
  public static VersionLabel of(String text) {
    if (text == null || !FORM.matcher(text).matches()) {
      throw InvalidRequest.of("version", text, "v and a number from 1, for example v3").exception();
    }
    return new VersionLabel(Integer.parseInt(text.substring(1)));
  }

  @Override
  public String toString() {
    return "v" + number;
  }
}
