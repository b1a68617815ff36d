package dev.sluice.processing.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values into the places {@code ${name}} of a manifest: inside its texts, never across them,
 * so that no value changes the manifest's shape. A text that is one place alone becomes the value
 * with its type; {@code $${name}} stands for the words themselves.
 */
final class Filling {
  /** Places that the occasion fills. */
  static final Set<String> BOUND = Set.of("project", "dataset", "version", "time", "date");

  private static final Pattern PLACE = Pattern.compile("(\\$?)\\$\\{([A-Za-z][A-Za-z0-9_-]*)}");

  private Filling() {}

  /** Names of all places. */
  static Set<String> places(JsonNode manifest) {
    Set<String> names = new TreeSet<>();
    if (manifest.isTextual()) {
      Matcher place = PLACE.matcher(manifest.textValue());
      while (place.find()) {
        if (place.group(1).isEmpty()) {
          names.add(place.group(2));
        }
      }
    }
    manifest.forEach(child -> names.addAll(places(child)));
    return names;
  }

  /**
   * The manifest with all its values.
   *
   * @param given by people, for declared parameters
   * @param bound by the occasion
   * @throws dev.sluice.support.problem.ProblemException naming each value at fault
   */
  static JsonNode fill(Template template, Map<String, JsonNode> given, Map<String, String> bound) {
    List<FieldError> errors = new ArrayList<>();
    Map<String, JsonNode> values = new HashMap<>();
    bound.forEach((name, text) -> values.put(name, TextNode.valueOf(text)));
    Set<String> declared = new TreeSet<>();
    for (Parameter parameter : template.parameters()) {
      declared.add(parameter.name());
      value(parameter, given, values, errors);
    }
    for (String name : given.keySet()) {
      if (!declared.contains(name)) {
        errors.add(
            new FieldError(
                "values." + name, String.valueOf(given.get(name)), "one of " + declared));
      }
    }
    for (String name : places(template.manifest())) {
      if (BOUND.contains(name) && !bound.containsKey(name)) {
        errors.add(new FieldError("values." + name, null, "only a version's trigger gives it"));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors).exception();
    }
    return filled(template.manifest(), values);
  }

  private static void value(
      Parameter parameter,
      Map<String, JsonNode> given,
      Map<String, JsonNode> values,
      List<FieldError> errors) {
    String name = parameter.name();
    JsonNode value = given.getOrDefault(name, parameter.defaultValue());
    if (value == null || value.isNull()) {
      errors.add(new FieldError("values." + name, null, "required: " + parameter.rule()));
    } else if (!parameter.takes(value)) {
      errors.add(new FieldError("values." + name, value.toString(), parameter.rule()));
    } else {
      values.put(name, value);
    }
  }

  private static JsonNode filled(JsonNode node, Map<String, JsonNode> values) {
    if (node.isTextual()) {
      return text(node.textValue(), values);
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(child -> array.add(filled(child, values)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(child -> object.set(child.getKey(), filled(child.getValue(), values)));
      return object;
    }
    return node;
  }

  private static JsonNode text(String text, Map<String, JsonNode> values) {
    Matcher place = PLACE.matcher(text);
    if (place.matches() && place.group(1).isEmpty()) {
      return valueOf(place.group(2), values);
    }
    String filled =
        place
            .reset()
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1).isEmpty()
                            ? valueOf(found.group(2), values).asText()
                            : found.group().substring(1)));
    return TextNode.valueOf(filled);
  }

  private static JsonNode valueOf(String name, Map<String, JsonNode> values) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw InvalidRequest.of("values." + name, "", "a declared parameter").exception();
    }
    return value;
  }
}
