package dev.sluice.bench.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.PythonEnvironment;
import dev.sluice.local.part.RayPart;
import dev.sluice.local.part.Readiness;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A Ray head of the bench's own, and its Jobs API. */
final class RayJobs implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int SERVER_ERROR = 500;
  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PythonEnvironment python;
  private final RayPart ray;
  private final HttpClient http = HttpClient.newHttpClient();

  private final boolean own;

  private RayJobs(PythonEnvironment python, RayPart ray, boolean own) {
    this.python = python;
    this.ray = ray;
    this.own = own;
  }

  /** The head of a stack that runs. */
  static RayJobs of(PartContext stack) {
    PythonEnvironment python = new PythonEnvironment(stack);
    return new RayJobs(python, new RayPart(stack, python), false);
  }

  /** Starts a head that keeps its state below the folder. */
  static RayJobs start(Path folder) throws IOException {
    PartContext context = PartContext.leashed(new StateFolder(folder));
    PythonEnvironment python = new PythonEnvironment(context);
    python.ensure(line -> {});
    RayPart ray = new RayPart(context, python);
    Readiness.startAndAwait(ray);
    return new RayJobs(python, ray, true);
  }

  /** The head's own interpreter. */
  Path python() {
    return python.bin().resolve("python");
  }

  /** Where it finds Sluice's programs. */
  String importPath() {
    return python.importPath();
  }

  /**
   * Submits a job.
   *
   * @return its submission id
   */
  String submit(String entrypoint, Map<String, String> variables)
      throws IOException, InterruptedException {
    String id = "bench-" + UUID.randomUUID();
    ObjectNode body = JSON.createObjectNode();
    body.put("entrypoint", entrypoint).put("submission_id", id);
    body.putObject("runtime_env").set("env_vars", JSON.valueToTree(variables));
    HttpResponse<String> answer = call("POST", "/api/jobs/", body.toString());
    while (answer.statusCode() >= SERVER_ERROR && answer.body().contains("No available agent")) {
      LockSupport.parkNanos(LOOK_NANOS);
      answer = call("POST", "/api/jobs/", body.toString());
    }
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("Ray refused the job: " + answer.body());
    }
    return id;
  }

  /**
   * Seconds from now until the job has ended well.
   *
   * @throws IllegalStateException with its log when it fails
   */
  double await(String id) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    String status = status(id);
    while (!"SUCCEEDED".equals(status)) {
      if ("FAILED".equals(status) || "STOPPED".equals(status)) {
        throw new IllegalStateException(
            status + ": " + call("GET", "/api/jobs/" + id + "/logs", "").body());
      }
      LockSupport.parkNanos(LOOK_NANOS);
      status = status(id);
    }
    return (System.nanoTime() - begin) / NANOS_PER_SECOND;
  }

  /** Kills a job wherever it is, and waits until Ray says so. */
  void kill(String id) throws IOException, InterruptedException {
    call("POST", "/api/jobs/" + id + "/stop", "");
    while ("RUNNING".equals(status(id)) || "PENDING".equals(status(id))) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private String status(String id) throws IOException, InterruptedException {
    JsonNode job = JSON.readTree(call("GET", "/api/jobs/" + id, "").body());
    return job.path("status").asText();
  }

  private HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ray.address() + path))
            .header("Authorization", "Bearer " + ray.token())
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
    if (own) {
      ray.stop();
    }
  }
}
