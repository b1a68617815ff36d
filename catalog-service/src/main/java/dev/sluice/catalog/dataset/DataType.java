package dev.sluice.catalog.dataset;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a dataset's files are; files of another type do not belong into it. */
public enum DataType {
  TEXT,
  IMAGE,
  VIDEO,
  AUDIO,
  TABLE,
  BINARY;

  private static final String ALLOWED =
      Arrays.stream(values()).map(DataType::text).collect(Collectors.joining(", "));

  /** The name on the wire, in lower case. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type with that name; 400 naming the allowed ones when there is none. */
  public static DataType of(@Nullable String text) {
    for (DataType type : values()) {
      if (type.text().equals(text)) {
        return type;
      }
    }
    throw InvalidRequest.of("dataType", String.valueOf(text), ALLOWED).exception();
  }
}
