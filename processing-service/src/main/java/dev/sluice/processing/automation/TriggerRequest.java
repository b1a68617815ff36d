package dev.sluice.processing.automation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.automation.Trigger.Kind;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as a caller writes it.
 *
 * @param event {@code version-created}, {@code version-released} or {@code schedule}
 * @param dataset glob of names, for events of versions
 * @param cron five fields, for schedules
 * @param zone of the schedule; UTC when absent
 * @param templateNumber the newest at the time when absent
 * @param values for the template's parameters
 */
record TriggerRequest(
    @Nullable String project,
    @Nullable String name,
    @Nullable String event,
    @Nullable String dataset,
    @Nullable String cron,
    @Nullable String zone,
    @Nullable String template,
    @Nullable Integer templateNumber,
    @Nullable Map<String, JsonNode> values) {
  private static final Pattern GLOB = Pattern.compile("[a-z0-9*?-]{1,80}");

  /** A checked request. */
  record Checked(
      String project,
      String name,
      Kind kind,
      String dataset,
      String cron,
      String zone,
      String template,
      @Nullable Integer templateNumber,
      Map<String, JsonNode> values) {
    Checked {
      values = Map.copyOf(values);
    }
  }

  static TriggerRequest empty() {
    return new TriggerRequest(null, null, null, null, null, null, null, null, null);
  }

  /**
   * The checked form.
   *
   * @throws dev.sluice.support.problem.ProblemException naming each field at fault
   */
  Checked checked() {
    List<FieldError> errors = new ArrayList<>();
    Kind kind = kind(errors);
    boolean clock = kind == Kind.SCHEDULE;
    String at = zone == null ? "UTC" : zone;
    if (clock && (cron == null || CronTimes.read(cron, at).isEmpty())) {
      errors.add(
          new FieldError("cron, zone", cron + " in " + at, CronTimes.ALLOWED + ", Europe/Berlin"));
    }
    if (!clock && (dataset == null || !GLOB.matcher(dataset).matches())) {
      errors.add(new FieldError("dataset", dataset, "a name, or a glob such as raw-*"));
    }
    if (clock ? dataset != null : cron != null || zone != null) {
      errors.add(
          new FieldError(
              "event", kind.text(), "dataset for events of versions, cron and zone for schedules"));
    }
    Checked checked =
        new Checked(
            TemplateRequest.label("project", project, errors),
            TemplateRequest.label("name", name, errors),
            kind,
            dataset == null ? "" : dataset,
            cron == null ? "" : cron,
            at,
            TemplateRequest.label("template", template, errors),
            templateNumber,
            values == null ? Map.of() : values);
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors).exception();
    }
    return checked;
  }

  private Kind kind(List<FieldError> errors) {
    for (Kind kind : Kind.values()) {
      if (kind.text().equals(event)) {
        return kind;
      }
    }
    errors.add(new FieldError("event", event, "version-created, version-released, schedule"));
    return Kind.VERSION_CREATED;
  }
}
