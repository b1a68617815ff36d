package dev.sluice.processing;

import dev.sluice.local.state.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A real Ray for the tests of this JVM: the one that {@code SLUICE_TEST_RAY} and {@code
 * SLUICE_TEST_RAY_TOKEN} name, else a head of its own from the Python that {@code
 * SLUICE_TEST_PYTHON} names.
 */
record DevRay(String address, String token) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();
  private static final int OK = 200;
  private static final String NAMED = "SLUICE_TEST_RAY";
  private static final String PYTHON = "SLUICE_TEST_PYTHON";

  /** Whether there can be one; the condition of tests. */
  static boolean canBe() {
    return System.getenv(NAMED) != null || System.getenv(PYTHON) != null;
  }

  /** The one of this JVM, started on first demand. */
  static DevRay here() {
    return Holder.RAY;
  }

  private static final class Holder {
    private static final DevRay RAY =
        Optional.ofNullable(System.getenv(NAMED))
            .map(
                address ->
                    new DevRay(
                        address, System.getenv().getOrDefault("SLUICE_TEST_RAY_TOKEN", "none")))
            .orElseGet(() -> start(Path.of(System.getenv(PYTHON))));
  }

  private static DevRay start(Path python) {
    String address = "http://127.0.0.1:" + Ports.anyFree();
    DevRay ray = new DevRay(address, UUID.randomUUID().toString());
    try {
      // Ray puts sockets there, whose paths must be short.
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "sluice-ray-");
      Path log = Files.createTempFile("sluice-ray-", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(
              List.of(
                  python.toString(),
                  "-m",
                  "sluice_ray_dev",
                  "--dashboard-port=" + address.substring(address.lastIndexOf(':') + 1),
                  "--gcs-port=" + Ports.anyFree(),
                  "--num-cpus=2",
                  "--temp-dir=" + folder));
      builder.environment().put("RAY_AUTH_MODE", "token");
      builder.environment().put("RAY_AUTH_TOKEN", ray.token());
      builder
          .environment()
          .put("PYTHONPATH", Path.of("../local/src/main/python").toRealPath().toString());
      String bin = String.valueOf(python.getParent());
      builder.environment().merge("PATH", bin, (path, own) -> own + ":" + path);
      Process head = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      Runtime.getRuntime().addShutdownHook(new Thread(head::destroy));
      ray.awaitReady(head, log);
      return ray;
    } catch (IOException e) {
      throw new UncheckedIOException("Ray does not start", e);
    }
  }

  private void awaitReady(Process head, Path log) throws IOException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!listsJobs()) {
      if (!head.isAlive() || Instant.now().isAfter(deadline)) {
        throw new IOException("Ray does not answer: " + Files.readString(log));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private boolean listsJobs() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/api/jobs/"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
