package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    ApiRequest request =
        ApiRequest.of("POST", ROOT)
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

  /** What the job has written so far. */
  public String logs(String id) {
    return http.text(ApiRequest.get(at(id) + "/logs").with("Accept", "text/plain, */*"));
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
