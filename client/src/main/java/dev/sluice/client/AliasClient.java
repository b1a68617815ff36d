package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Aliases, or tags, of one dataset. */
public final class AliasClient {
  private final HttpTransport http;
  private final String root;

  AliasClient(HttpTransport http, String project, String dataset, String kind) {
    this.http = http;
    this.root = "/api/v1/projects" + ApiRequest.path(project, "datasets", dataset, kind);
  }

  /** All of them. */
  public Stream<Alias> list() {
    return Paging.of(http, root, Map.of(), new TypeReference<>() {});
  }

  /** One of them. */
  public Alias get(String name) {
    return http.send(ApiRequest.get(at(name)), new TypeReference<>() {});
  }

  /**
   * Points a new name at a version, or an alias from one version to another.
   *
   * @param expected the version that it points at now; null for a new name
   * @throws SluiceProblemException with status 412 when it points elsewhere, 428 when it is not new
   */
  public Alias put(
      String name, String version, @Nullable String expected, @Nullable String reason) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("version", version);
    body.put("expected", expected);
    body.put("reason", reason);
    return http.send(ApiRequest.of("PUT", at(name)).json(body), new TypeReference<>() {});
  }

  /** Points a tag at another version. */
  public Alias move(String name, String version, @Nullable String reason) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("version", version);
    body.put("move", true);
    body.put("reason", reason);
    return http.send(ApiRequest.of("PUT", at(name)).json(body), new TypeReference<>() {});
  }

  /** Takes the name away; its history stays. */
  public void remove(String name, @Nullable String reason) {
    String query = ApiRequest.query(Collections.singletonMap("reason", reason));
    http.send(ApiRequest.of("DELETE", at(name) + query));
  }

  /** Where it pointed, the newest first. */
  public Stream<Alias.Move> history(String name) {
    return Paging.of(http, at(name) + "/history", Map.of(), new TypeReference<>() {});
  }

  private String at(String name) {
    return root + ApiRequest.path(name);
  }
}
