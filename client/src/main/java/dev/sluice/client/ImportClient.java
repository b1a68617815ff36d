package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Imports: ask for one, follow it, stop it, try it again. */
public final class ImportClient {

  private static final String ROOT = "/api/v1/imports";
  private static final String SCHEDULES = ROOT + "/schedules";

  private final HttpTransport http;

  ImportClient(HttpTransport http) {
    this.http = http;
  }

  /** Asks for an import; it begins soon. */
  public Import request(NewImport wanted) {
    ApiRequest request =
        ApiRequest.of("POST", ROOT)
            .with("Idempotency-Key", UUID.randomUUID().toString())
            .json(wanted);
    return http.send(request, new TypeReference<>() {});
  }

  /** One import. */
  public Import get(String id) {
    return http.send(ApiRequest.get(at(id)), new TypeReference<>() {});
  }

  /** Imports of a project, oldest first; null dataset or state means any. */
  public Stream<Import> list(
      String project, @Nullable String dataset, @Nullable ImportState state) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("project", project);
    parameters.put("dataset", dataset);
    parameters.put("state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
    return Paging.of(http, ROOT, parameters, new TypeReference<>() {});
  }

  /** What became of each file, by path; null state means any. */
  public Stream<ImportedFile> files(String id, @Nullable String state) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("state", state);
    return Paging.of(http, at(id) + "/files", parameters, new TypeReference<>() {});
  }

  /** Stops an import; its draft is dropped. */
  public Import cancel(String id) {
    return http.send(ApiRequest.of("POST", at(id) + "/cancel"), new TypeReference<>() {});
  }

  /** Goes on with an import that failed. */
  public Import retry(String id) {
    return http.send(ApiRequest.of("POST", at(id) + "/retry"), new TypeReference<>() {});
  }

  /** What a project imports again and again. */
  public Stream<ImportSchedule> schedules(String project) {
    return Paging.of(http, SCHEDULES, Map.of("project", project), new TypeReference<>() {});
  }

  /** Imports it no more. */
  public void deleteSchedule(String id) {
    http.send(ApiRequest.of("DELETE", SCHEDULES + ApiRequest.path(id)));
  }

  private static String at(String id) {
    return ROOT + ApiRequest.path(id);
  }
}
