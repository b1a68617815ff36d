package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Map;
import java.util.stream.Stream;

/** Erasures of a project; for its owners. There is no way back. */
public final class ErasureClient {
  private final HttpTransport http;
  private final String root;

  ErasureClient(HttpTransport http, String project) {
    this.http = http;
    this.root = "/api/v1/projects" + ApiRequest.path(project, "erasures");
  }

  /** Removes the bytes with that SHA-256 from all versions. */
  public Erasure content(String sha256, String reason, boolean block) {
    return send(Map.of("sha256", sha256, "reason", reason, "block", block));
  }

  /** Removes the bytes of a file from all versions that have them, under whatever name. */
  public Erasure file(VersionRef version, String path, String reason, boolean block) {
    return send(
        Map.of(
            "dataset",
            version.dataset(),
            "version",
            version.version(),
            "path",
            path,
            "reason",
            reason,
            "block",
            block));
  }

  /** What was erased, in the order of digests. */
  public Stream<Erasure> list() {
    return Paging.of(http, root, Map.of(), new TypeReference<>() {});
  }

  private Erasure send(Map<String, Object> body) {
    return http.send(ApiRequest.of("POST", root).json(body), new TypeReference<>() {});
  }
}
