package dev.sluice.bench.upload;

import dev.sluice.local.state.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One MinIO process that serves all contenders. */
public final class StoreServer implements AutoCloseable {
  /** Root credentials of a server that lives for one bench on the loopback address. */
  public static final String ACCESS_KEY = "sluice-bench";

  /** The secret that goes with them. */
  public static final String SECRET_KEY = "sluice-bench-secret";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

  private final Path minio;
  private final Path log;
  private final int port;
  private Process process;
  private Path data;

  private StoreServer(Path minio, Path log, int port, Path data) throws IOException {
    this.minio = minio;
    this.log = log;
    this.port = port;
    this.data = data;
    this.process = start();
  }

  /** Starts one. */
  public static StoreServer start(Path minio, Path data, Path log) throws IOException {
    return new StoreServer(minio, log, Ports.anyFree(), data);
  }

  /** Where it answers. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** The process, for counting what it uses. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** The same server with its data elsewhere; what it had is gone. */
  public void move(Path otherData) throws IOException {
    close();
    data = otherData;
    process = start();
  }

  private Process start() throws IOException {
    Files.createDirectories(data);
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                minio.toString(),
                "server",
                "--quiet",
                "--address",
                "127.0.0.1:" + port,
                data.toString()));
    builder.environment().put("MINIO_ROOT_USER", ACCESS_KEY);
    builder.environment().put("MINIO_ROOT_PASSWORD", SECRET_KEY);
    builder.environment().put("MINIO_BROWSER", "off");
    builder.environment().put("MINIO_UPDATE", "off");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process started = builder.start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ready()) {
      if (System.nanoTime() > end || !started.isAlive()) {
        started.destroyForcibly();
        throw new IllegalStateException("MinIO does not answer; see " + log);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return started;
  }

  private boolean ready() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(endpoint() + "/minio/health/ready"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    delete(data);
  }

  /** Deletes a folder with everything in it. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
