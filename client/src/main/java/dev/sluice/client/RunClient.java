package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs: post a manifest, follow what becomes of it. */
public final class RunClient {

  private static final String ROOT = "/api/v1/runs";

  private final HttpTransport http;

  RunClient(HttpTransport http) {
    this.http = http;
  }

  /** Starts a run of a {@code DataSet} manifest in YAML; its namespace is the project. */
  public Run start(String manifestYaml) {
    return post(ROOT, manifestYaml);
  }

  /** Starts a run that only shows what it would do with the first rows; it makes no version. */
  public Run dryRun(String manifestYaml, int rows) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("dryRun", true);
    parameters.put("rows", rows);
    return post(ROOT + ApiRequest.query(parameters), manifestYaml);
  }

  private Run post(String target, String manifestYaml) {
    ApiRequest request =
        ApiRequest.of("POST", target)
            .with("Idempotency-Key", UUID.randomUUID().toString())
            .content("application/yaml", manifestYaml);
    return http.send(request, new TypeReference<>() {});
  }

  /** The runs of a project in the given state; null lists all. */
  public Stream<Run> list(String project, @Nullable RunState state) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("project", project);
    parameters.put("state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
    return Paging.of(http, ROOT, parameters, new TypeReference<>() {});
  }

  /** One run. */
  public Run get(String id) {
    return http.send(ApiRequest.get(at(id)), new TypeReference<>() {});
  }

  /** What an attempt's job has written so far; null is the newest attempt. */
  public String logs(String id, @Nullable Integer attempt) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("attempt", attempt);
    String target = at(id) + "/logs" + ApiRequest.query(parameters);
    return http.text(ApiRequest.get(target).with("Accept", "text/plain, */*"));
  }

  /**
   * Follows what an attempt prints, to its end; returns early when the connection breaks.
   *
   * @param attempt null follows the newest
   * @param from bytes that are known
   */
  public void follow(String id, @Nullable Integer attempt, long from, Consumer<RunLogEvent> told) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("attempt", attempt);
    ApiRequest request =
        ApiRequest.get(at(id) + "/logs/events" + ApiRequest.query(parameters))
            .with("Accept", "text/event-stream")
            .with("Last-Event-ID", String.valueOf(from));
    try (Stream<String> lines = http.lines(request).body()) {
      ServerSentEvents events = new ServerSentEvents(lines);
      for (RunLogEvent event = events.next(); event != null; event = events.next()) {
        told.accept(event);
      }
    }
  }

  /** What became of a run's other destinations; none before its version is sealed. */
  public List<Delivery> deliveries(String id) {
    return http.send(ApiRequest.get(at(id) + "/deliveries"), new TypeReference<>() {});
  }

  /** Tries a delivery that failed again. */
  public Delivery retryDelivery(String id, String delivery) {
    return http.send(
        ApiRequest.of("POST", at(id) + "/deliveries" + ApiRequest.path(delivery) + "/retry"),
        new TypeReference<>() {});
  }

  /** Stops a run. */
  public void cancel(String id) {
    http.send(ApiRequest.of("POST", at(id) + "/cancel"));
  }

  private static String at(String id) {
    return ROOT + ApiRequest.path(id);
  }
}
