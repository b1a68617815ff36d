package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Map;

/** Garbage collections of a project; for its owners. */
public final class GarbageClient {
  private final HttpTransport http;
  private final String root;

  GarbageClient(HttpTransport http, String project) {
    this.http = http;
    this.root = "/api/v1/projects" + ApiRequest.path(project, "garbage-collections");
  }

  /** Begins one, which goes on by itself; 409 while another one runs. */
  public GarbageCollection start(boolean dryRun) {
    return http.send(ApiRequest.create(root, Map.of("dryRun", dryRun)), new TypeReference<>() {});
  }

  /** How far it is, and what it found. */
  public GarbageCollection get(String id) {
    return http.send(ApiRequest.get(root + ApiRequest.path(id)), new TypeReference<>() {});
  }
}
