package dev.sluice.processing.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.support.problem.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The part of JSON Schema that the catalogue uses: {@code type}, {@code enum}, {@code minimum},
 * {@code maximum}, {@code minLength}, {@code maxLength}, {@code minItems}, {@code maxItems}, {@code
 * items}, {@code properties}, {@code required}, {@code additionalProperties: false}. A schema that
 * says more is refused when it is read, rather than half kept.
 */
final class ParameterSchema {
  private static final Set<String> SAYS_NOTHING =
      Set.of("title", "description", "default", "examples");
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "type",
          "enum",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "items",
          "properties",
          "required",
          "additionalProperties");

  private final JsonNode schema;

  ParameterSchema(JsonNode schema) {
    understand(schema);
    this.schema = schema;
  }

  private static void understand(JsonNode schema) {
    schema
        .fieldNames()
        .forEachRemaining(
            keyword -> {
              if (!UNDERSTOOD.contains(keyword) && !SAYS_NOTHING.contains(keyword)) {
                throw new IllegalArgumentException("not understood in a schema: " + keyword);
              }
            });
    if (schema.path("additionalProperties").asBoolean(false)) {
      throw new IllegalArgumentException("additionalProperties must be false");
    }
    schema.path("properties").forEach(ParameterSchema::understand);
    if (schema.has("items")) {
      understand(schema.path("items"));
    }
  }

  /** What is wrong with a value; nothing when it is as the schema wants it. */
  List<FieldError> faults(JsonNode value, String field) {
    List<FieldError> faults = new ArrayList<>();
    check(schema, value, field, faults);
    return faults;
  }

  private static void check(
      JsonNode schema, JsonNode value, String field, List<FieldError> faults) {
    if (!isOf(schema.path("type").asText("object"), value) || !isListed(schema, value)) {
      faults.add(new FieldError(field, shown(value), allowed(schema)));
    } else if (value.isObject()) {
      checkObject(schema, value, field, faults);
    } else if (value.isArray()) {
      checkArray(schema, value, field, faults);
    } else if (!isInRange(schema, value)) {
      faults.add(new FieldError(field, shown(value), allowed(schema)));
    }
  }

  private static void checkObject(
      JsonNode schema, JsonNode value, String field, List<FieldError> faults) {
    JsonNode properties = schema.path("properties");
    for (JsonNode required : schema.path("required")) {
      if (value.path(required.asText()).isMissingNode()) {
        String missing = field + "." + required.asText();
        String wanted = allowed(properties.path(required.asText()));
        faults.add(new FieldError(missing, null, "required: " + wanted));
      }
    }
    value
        .properties()
        .forEach(
            given -> {
              String at = field + "." + given.getKey();
              JsonNode property = properties.path(given.getKey());
              if (property.isMissingNode()) {
                String known = String.join(", ", names(properties));
                faults.add(
                    new FieldError(
                        at, shown(given.getValue()), "unknown field; known here: " + known));
              } else {
                check(property, given.getValue(), at, faults);
              }
            });
  }

  private static void checkArray(
      JsonNode schema, JsonNode value, String field, List<FieldError> faults) {
    boolean few = value.size() < schema.path("minItems").asInt(0);
    boolean many = value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE);
    if (few || many) {
      faults.add(new FieldError(field, shown(value), allowed(schema)));
    }
    for (int at = 0; at < value.size() && schema.has("items"); at++) {
      check(schema.path("items"), value.get(at), field + "[" + at + "]", faults);
    }
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> throw new IllegalArgumentException("not understood in a schema: type " + type);
    };
  }

  private static boolean isListed(JsonNode schema, JsonNode value) {
    return !schema.has("enum")
        || StreamSupport.stream(schema.path("enum").spliterator(), false).anyMatch(value::equals);
  }

  private static boolean isInRange(JsonNode schema, JsonNode value) {
    if (value.isTextual()) {
      int length = value.textValue().codePointCount(0, value.textValue().length());
      return length >= schema.path("minLength").asInt(0)
          && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE);
    }
    if (!value.isNumber()) {
      return true;
    }
    BigDecimal number = value.decimalValue();
    boolean below =
        schema.has("minimum") && number.compareTo(schema.get("minimum").decimalValue()) < 0;
    boolean above =
        schema.has("maximum") && number.compareTo(schema.get("maximum").decimalValue()) > 0;
    return !below && !above;
  }

  /** What a schema allows, for a person. */
  private static String allowed(JsonNode schema) {
    if (schema.has("enum")) {
      return StreamSupport.stream(schema.path("enum").spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(", "));
    }
    return switch (schema.path("type").asText("object")) {
      case "integer" -> "a whole number" + range(schema, "minimum", "maximum", "");
      case "number" -> "a number" + range(schema, "minimum", "maximum", "");
      case "string" -> "a text" + range(schema, "minLength", "maxLength", " characters");
      case "boolean" -> "true, false";
      case "array" ->
          "a list"
              + range(schema, "minItems", "maxItems", " values")
              + (schema.has("items") ? ", each " + allowed(schema.path("items")) : "");
      default -> "an object";
    };
  }

  private static String range(JsonNode schema, String least, String most, String unit) {
    if (schema.has(least) && schema.has(most)) {
      return " from " + schema.path(least).asText() + " to " + schema.path(most).asText() + unit;
    }
    if (schema.has(least)) {
      return " of at least " + schema.path(least).asText() + unit;
    }
    return schema.has(most) ? " of at most " + schema.path(most).asText() + unit : "";
  }

  private static List<String> names(JsonNode properties) {
    List<String> names = new ArrayList<>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
