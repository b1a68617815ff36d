package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Templates and triggers of a project: runs that nobody starts by hand. */
public final class AutomationClient {
  private static final String TEMPLATES = "/api/v1/templates";
  private static final String TRIGGERS = "/api/v1/triggers";

  private final HttpTransport http;
  private final String project;

  AutomationClient(HttpTransport http, String project) {
    this.http = http;
    this.project = project;
  }

  /** Keeps a manifest in YAML with places; a change makes another number. */
  public Template keep(String name, String manifestYaml, List<TemplateParameter> parameters) {
    Map<String, Object> body =
        Map.of(
            "project", project, "name", name, "manifest", manifestYaml, "parameters", parameters);
    return http.send(ApiRequest.of("POST", TEMPLATES).json(body), new TypeReference<>() {});
  }

  /** The newest of each template. */
  public List<Template> templates() {
    return http.send(
        ApiRequest.get(TEMPLATES + ApiRequest.query(Map.of("project", project))),
        new TypeReference<>() {});
  }

  /** A template, the newest or of a number. */
  public Template template(String name, @Nullable Integer number) {
    String query = number == null ? "" : ApiRequest.query(Map.of("number", number));
    return http.send(ApiRequest.get(at(name) + query), new TypeReference<>() {});
  }

  /** Forgets a template that no trigger runs. */
  public void deleteTemplate(String name) {
    http.send(ApiRequest.of("DELETE", at(name)));
  }

  /** Starts a run of a template. */
  public Run run(Template template, Map<String, Object> values) {
    Map<String, Object> body = Map.of("number", template.number(), "values", values);
    return http.send(
        ApiRequest.create(at(template.name()) + "/runs", body), new TypeReference<>() {});
  }

  /** Keeps a trigger, whose runs are the caller's. */
  public Trigger create(NewTrigger wanted) {
    return http.send(ApiRequest.of("POST", TRIGGERS).json(wanted), new TypeReference<>() {});
  }

  /** The triggers of the project, by name. */
  public List<Trigger> triggers() {
    return http.send(
        ApiRequest.get(TRIGGERS + ApiRequest.query(Map.of("project", project))),
        new TypeReference<>() {});
  }

  /** One trigger. */
  public Trigger trigger(String id) {
    return http.send(ApiRequest.get(TRIGGERS + ApiRequest.path(id)), new TypeReference<>() {});
  }

  /** Stops a trigger until it is resumed. */
  public Trigger pause(String id) {
    return http.send(
        ApiRequest.of("POST", TRIGGERS + ApiRequest.path(id) + "/pause"), new TypeReference<>() {});
  }

  /** Lets a trigger go on. */
  public Trigger resume(String id) {
    return http.send(
        ApiRequest.of("POST", TRIGGERS + ApiRequest.path(id) + "/resume"),
        new TypeReference<>() {});
  }

  /** Deletes a trigger; its runs stay. */
  public void deleteTrigger(String id) {
    http.send(ApiRequest.of("DELETE", TRIGGERS + ApiRequest.path(id)));
  }

  /** What a trigger did, newest first. */
  public Stream<Firing> history(String id) {
    return Paging.of(
        http, TRIGGERS + ApiRequest.path(id) + "/history", Map.of(), new TypeReference<>() {});
  }

  private String at(String name) {
    return TEMPLATES + ApiRequest.path(project, name);
  }
}
