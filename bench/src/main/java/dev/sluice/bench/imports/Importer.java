package dev.sluice.bench.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.bench.upload.OurStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Imports by the HTTP API, and waits for them. */
record Importer(OurStack ours, HttpClient http) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();
  private static final double NANOS = 1e9;
  private static final Set<String> OVER = Set.of("succeeded", "unchanged", "failed", "cancelled");

  /**
   * An import that succeeded.
   *
   * @param arrived seconds until every byte was in the store
   * @param seconds until it had succeeded, read back and sealed
   */
  record Imported(double arrived, double seconds, String version) {}

  /**
   * Imports one source into the project's dataset.
   *
   * @throws IllegalStateException when it does not succeed
   */
  Imported run(String project, Map<String, Object> source)
      throws IOException, InterruptedException {
    Map<String, Object> order =
        Map.of(
            "project",
            project,
            "dataset",
            ours.dataset(),
            "dataType",
            "binary",
            "sources",
            List.of(source));
    long begin = System.nanoTime();
    JsonNode now = call("POST", "/api/v1/imports", JSON.writeValueAsString(order));
    String id = now.path("id").asText();
    double arrived = 0;
    while (!OVER.contains(now.path("state").asText())) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException("the import did not end: " + now);
      }
      LockSupport.parkNanos(LOOK_NANOS);
      now = call("GET", "/api/v1/imports/" + id, "");
      long total = now.path("bytesTotal").asLong();
      if (arrived == 0 && total > 0 && now.path("bytesDone").asLong() >= total) {
        arrived = (System.nanoTime() - begin) / NANOS;
      }
    }
    double seconds = (System.nanoTime() - begin) / NANOS;
    if (!now.path("state").asText().equals("succeeded")) {
      throw new IllegalStateException("the import ended as " + now);
    }
    return new Imported(arrived == 0 ? seconds : arrived, seconds, now.path("version").asText());
  }

  /** Whether the stack knows imports at all. */
  boolean offered() throws IOException, InterruptedException {
    String project = ours.project();
    return answer("GET", "/api/v1/imports?project=" + project, "").statusCode() == 200;
  }

  private JsonNode call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = answer(method, path, body);
    if (answer.statusCode() >= 400) {
      throw new IllegalStateException(
          "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
    }
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> answer(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ours.api() + path))
            .header("Authorization", "Bearer " + ours.token())
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
