package dev.sluice.processing.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.support.problem.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object of a manifest while it is read: faults are gathered, so that a caller hears of all of
 * them at once; the value returned for a faulty field is only a stand-in.
 */
final class ManifestFields {
  private final JsonNode node;
  private final String path;
  private final List<FieldError> errors;

  ManifestFields(JsonNode node, String path, List<FieldError> errors) {
    this.node = node;
    this.path = path;
    this.errors = errors;
  }

  /** Names every field that is not one of {@code known}. */
  void only(String... known) {
    Set<String> names = Set.of(known);
    String allowed = "unknown field; known here: " + String.join(", ", known);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                error(name, shown(node.get(name)), allowed);
              }
            });
  }

  ManifestFields object(String name) {
    JsonNode child = node.get(name);
    if (!isGiven(child)) {
      error(name, null, "required: an object");
    }
    return objectOf(name, child);
  }

  @Nullable ManifestFields optionalObject(String name) {
    JsonNode child = node.get(name);
    return isGiven(child) ? objectOf(name, child) : null;
  }

  private ManifestFields objectOf(String name, @Nullable JsonNode child) {
    if (isGiven(child) && child != null && !child.isObject()) {
      error(name, shown(child), "an object");
    }
    JsonNode usable = child != null && child.isObject() ? child : MissingNode.getInstance();
    return new ManifestFields(usable, at(name), errors);
  }

  /** The objects of a list; none when it is absent. */
  List<ManifestFields> objects(String name, int least, int most) {
    JsonNode list = node.get(name);
    if (list == null || !isGiven(list)) {
      return List.of();
    }
    if (!list.isArray() || list.size() < least || list.size() > most) {
      error(name, shown(list), "a list of " + least + " to " + most + " objects");
    }
    List<ManifestFields> objects = new ArrayList<>();
    for (int at = 0; list.isArray() && at < list.size(); at++) {
      objects.add(objectOf(name + "[" + at + "]", list.get(at)));
    }
    return objects;
  }

  /** Whether the field is there and not null. */
  boolean has(String name) {
    return isGiven(node.get(name));
  }

  JsonNode raw(String name) {
    return node.path(name);
  }

  /** A required text that {@code pattern} matches. */
  String text(String name, Pattern pattern, String allowed) {
    String text = optionalText(name);
    if (text == null) {
      required(name, allowed);
      return "";
    }
    if (!pattern.matcher(text).matches()) {
      error(name, text, allowed);
    }
    return text;
  }

  /** A text that {@code pattern} matches; null when it is absent. */
  @Nullable String optionalText(String name, Pattern pattern, String allowed) {
    String text = optionalText(name);
    if (text != null && !pattern.matcher(text).matches()) {
      error(name, text, allowed);
    }
    return text;
  }

  /** A text that is not blank; null when it is absent. */
  @Nullable String optionalText(String name) {
    JsonNode child = node.get(name);
    if (child == null || !isGiven(child)) {
      return null;
    }
    if (!child.isTextual() || child.textValue().isBlank()) {
      error(name, shown(child), "a text that is not blank");
      return null;
    }
    return child.textValue();
  }

  /** One of the constants; {@code fallback} when absent, an error when there is no fallback. */
  <E extends Enum<E> & Choice> E choice(String name, Class<E> type, @Nullable E fallback) {
    E[] all = type.getEnumConstants();
    JsonNode child = node.get(name);
    if (child == null || !isGiven(child)) {
      if (fallback == null) {
        required(name, Choice.allOf(type));
        return all[0];
      }
      return fallback;
    }
    return Arrays.stream(all)
        .filter(constant -> child.isTextual() && constant.text().equals(child.textValue()))
        .findFirst()
        .orElseGet(
            () -> {
              error(name, shown(child), Choice.allOf(type));
              return all[0];
            });
  }

  /** A whole number within the range; {@code range.fallback} when absent. */
  int integer(String name, Range range) {
    JsonNode child = node.get(name);
    if (child == null || !isGiven(child)) {
      return range.fallback;
    }
    boolean fits = child.isIntegralNumber() && child.canConvertToInt();
    if (!fits || child.intValue() < range.least || child.intValue() > range.most) {
      error(name, shown(child), "a whole number from " + range.least + " to " + range.most);
      return range.fallback;
    }
    return child.intValue();
  }

  /** A number from 0 to 1; 0 when absent. */
  double share(String name) {
    JsonNode child = node.get(name);
    if (child == null || !isGiven(child)) {
      return 0;
    }
    double value = child.isNumber() ? child.doubleValue() : -1;
    if (!(value >= 0 && value <= 1)) {
      error(name, shown(child), "a number from 0 to 1");
      return 0;
    }
    return value;
  }

  /** True or false; false when absent. */
  boolean flag(String name) {
    JsonNode child = node.get(name);
    if (child == null || !isGiven(child)) {
      return false;
    }
    if (!child.isBoolean()) {
      error(name, shown(child), "true, false");
    }
    return child.booleanValue();
  }

  /** A span of time, as {@code PT10S} or {@code 10s}; null when absent. */
  @Nullable Duration duration(String name, Duration least, Duration most) {
    JsonNode child = node.get(name);
    if (child == null || !isGiven(child)) {
      return null;
    }
    Duration given = child.isTextual() ? DurationText.parse(child.textValue()) : null;
    if (given == null || given.compareTo(least) < 0 || given.compareTo(most) > 0) {
      String range = DurationText.of(least) + " to " + DurationText.of(most);
      error(name, shown(child), "a duration from " + range + ", as 90s, 10m, 6h, 7d or PT90S");
      return null;
    }
    return given;
  }

  void error(String name, @Nullable String value, String allowed) {
    errors.add(new FieldError(at(name), value, allowed));
  }

  private void required(String name, String allowed) {
    boolean told = errors.stream().anyMatch(e -> e.field().equals(at(name)));
    if (!told) {
      error(name, null, "required: " + allowed);
    }
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static boolean isGiven(@Nullable JsonNode child) {
    return child != null && !child.isNull() && !child.isMissingNode();
  }

  private static String shown(JsonNode child) {
    return child.isTextual() ? child.textValue() : child.toString();
  }

  /** What a number may be, and what it is when the manifest is silent. */
  record Range(int least, int most, int fallback) {}
}
