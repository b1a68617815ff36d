package dev.sluice.processing.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A template as a caller writes it.
 *
 * @param manifest a {@code DataSet} with places, as an object or as YAML text
 */
record TemplateRequest(
    @Nullable String project,
    @Nullable String name,
    @Schema(implementation = Object.class) @Nullable JsonNode manifest,
    @Nullable List<Declared> parameters) {
  static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{1,38}[a-z0-9]");
  static final String LABEL_RULE = "3 to 40 characters of a-z, 0-9 and '-'";
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final int MOST = 64;

  /** A parameter as a caller declares it. */
  record Declared(
      @Nullable String name,
      @Nullable String type,
      @Nullable String description,
      @com.fasterxml.jackson.annotation.JsonProperty("default")
          @Schema(implementation = Object.class)
          @Nullable JsonNode defaultValue,
      @Nullable List<JsonNode> allowed) {}

  /** A checked request. */
  record Checked(String project, String name, JsonNode manifest, List<Parameter> parameters) {
    Checked {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * The checked form.
   *
   * @throws dev.sluice.support.problem.ProblemException naming each field at fault
   */
  Checked checked() {
    List<FieldError> errors = new ArrayList<>();
    String checkedProject = label("project", project, errors);
    String checkedName = label("name", name, errors);
    JsonNode tree = tree(errors);
    List<Parameter> declared = declared(errors);
    Set<String> known = new HashSet<>(Filling.BOUND);
    declared.forEach(parameter -> known.add(parameter.name()));
    for (String place : Filling.places(tree)) {
      if (!known.contains(place)) {
        errors.add(new FieldError("manifest", "${" + place + "}", "a declared parameter"));
      }
    }
    if (tree.isObject()) {
      namespace(tree, checkedProject, errors);
    }
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors).exception();
    }
    return new Checked(checkedProject, checkedName, tree, declared);
  }

  static String label(String field, @Nullable String value, List<FieldError> errors) {
    if (value == null || !LABEL.matcher(value).matches()) {
      errors.add(new FieldError(field, value, LABEL_RULE));
      return "";
    }
    return value;
  }

  private JsonNode tree(List<FieldError> errors) {
    JsonNode tree =
        manifest != null && manifest.isTextual()
            ? ManifestText.yaml(manifest.textValue())
            : manifest;
    if (tree == null || !tree.isObject()) {
      errors.add(new FieldError("manifest", String.valueOf(manifest), "a DataSet"));
      return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
    return tree;
  }

  /** A template makes runs of its own project. */
  private static void namespace(JsonNode tree, String project, List<FieldError> errors) {
    if (tree.path("metadata") instanceof ObjectNode metadata) {
      String named = metadata.path("namespace").asText(project);
      if (!named.equals(project) && !named.equals("${project}")) {
        errors.add(new FieldError("manifest.metadata.namespace", named, project));
      }
      metadata.put("namespace", project);
    }
  }

  private List<Parameter> declared(List<FieldError> errors) {
    List<Parameter> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Declared> wanted = parameters == null ? List.of() : parameters;
    if (wanted.size() > MOST) {
      errors.add(new FieldError("parameters", wanted.size() + "", "at most " + MOST));
    }
    for (int i = 0; i < wanted.size(); i++) {
      Declared one = wanted.get(i);
      String field = "parameters[" + i + "]";
      String called = one.name() == null ? "" : one.name();
      boolean fine = PARAMETER.matcher(called).matches() && !Filling.BOUND.contains(called);
      if (!fine || !names.add(called)) {
        errors.add(
            new FieldError(
                field + ".name", called, "a name of its own, and none of " + Filling.BOUND));
      }
      Parameter parameter =
          new Parameter(
              called,
              type(field, one, errors),
              one.description(),
              one.defaultValue(),
              one.allowed());
      JsonNode value = one.defaultValue();
      if (value != null && !value.isNull() && !parameter.takes(value)) {
        errors.add(new FieldError(field + ".default", value.toString(), parameter.rule()));
      }
      all.add(parameter);
    }
    return all;
  }

  private static Parameter.Type type(String field, Declared one, List<FieldError> errors) {
    String text = one.type() == null ? "text" : one.type();
    for (Parameter.Type type : Parameter.Type.values()) {
      if (type.text().equals(text.toLowerCase(Locale.ROOT))) {
        return type;
      }
    }
    errors.add(new FieldError(field + ".type", text, "text, integer, number, boolean"));
    return Parameter.Type.TEXT;
  }
}
