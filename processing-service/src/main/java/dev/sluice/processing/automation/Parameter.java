package dev.sluice.processing.automation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place of a template.
 *
 * @param defaultValue used when no value is given; null means that one must be
 * @param allowed the only values; empty allows all of the type
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Parameter(
    String name,
    Type type,
    @Nullable String description,
    @Nullable JsonNode defaultValue,
    @Nullable List<JsonNode> allowed) {

  public Parameter {
    allowed = allowed == null ? List.of() : List.copyOf(allowed);
  }

  /** Whether the value is of the type and allowed. */
  boolean takes(JsonNode value) {
    boolean typed =
        switch (type) {
          case TEXT -> value.isTextual();
          case INTEGER -> value.isIntegralNumber();
          case NUMBER -> value.isNumber();
          case BOOLEAN -> value.isBoolean();
        };
    return typed && (allowedOrAll().isEmpty() || allowedOrAll().contains(value));
  }

  private List<JsonNode> allowedOrAll() {
    return allowed == null ? List.of() : allowed;
  }

  /** What values may be, for messages. */
  String rule() {
    return allowedOrAll().isEmpty() ? type.text() : "one of " + allowedOrAll();
  }

  /** What kind of value. */
  public enum Type {
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN;

    /** The spelling in requests and answers. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
