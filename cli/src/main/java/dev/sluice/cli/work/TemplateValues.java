package dev.sluice.cli.work;

import dev.sluice.cli.CliException;
import dev.sluice.client.Template;
import dev.sluice.client.TemplateParameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values and parameters as people type them. */
final class TemplateValues {

  private TemplateValues() {}

  /** {@code name=value} pairs, each with the type that the template declares. */
  static Map<String, Object> of(Template template, @Nullable List<String> pairs) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String pair : pairs == null ? List.<String>of() : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new CliException("a value is written name=value, not " + pair);
      }
      String name = pair.substring(0, equals);
      String type =
          template.parameters().stream()
              .filter(parameter -> parameter.name().equals(name))
              .map(TemplateParameter::type)
              .findFirst()
              .orElse("text");
      values.put(name, typed(type, pair.substring(equals + 1)));
    }
    return values;
  }

  /** {@code name=type[:default[:allowed,allowed]]}. */
  static TemplateParameter parameter(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new CliException("a parameter is written name=type:default:allowed,… not " + text);
    }
    String[] rest = text.substring(equals + 1).split(":", 3);
    String type = rest[0];
    return new TemplateParameter(
        text.substring(0, equals),
        type,
        null,
        rest.length > 1 && !rest[1].isEmpty() ? typed(type, rest[1]) : null,
        rest.length > 2
            ? Arrays.stream(rest[2].split(",", -1)).map(one -> typed(type, one)).toList()
            : List.of());
  }

  private static Object typed(String type, String text) {
    try {
      return switch (type) {
        case "integer" -> Long.valueOf(text);
        case "number" -> Double.valueOf(text);
        case "boolean" -> Boolean.valueOf(text);
        default -> text;
      };
    } catch (NumberFormatException e) {
      throw new CliException("wanted is a value of type " + type + ", not " + text);
    }
  }
}
