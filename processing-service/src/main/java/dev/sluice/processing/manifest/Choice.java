package dev.sluice.processing.manifest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An enumeration whose constants have a spelling in the manifest. */
public interface Choice {
  /** The spelling in the manifest. */
  @JsonValue
  String text();

  /** All spellings of an enumeration, for messages. */
  static <E extends Enum<E> & Choice> String allOf(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Choice::text)
        .collect(Collectors.joining(", "));
  }
}
