package dev.sluice.bench.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.part.Database;
import dev.sluice.local.part.KafkaPart;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.PostgresPart;
import dev.sluice.local.process.JavaCommand;
import dev.sluice.local.process.Launch;
import dev.sluice.local.process.Lifetime;
import dev.sluice.local.process.PartProcess;
import dev.sluice.local.state.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The harness service as a process: started, asked, killed. */
public final class Harness {
  private static final String NAME = "harness";
  private static final int HEAP_MIB = 384;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LONGEST_RUN = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PartContext context;
  private final PostgresPart postgres;
  private final KafkaPart kafka;
  private final PartProcess process;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port = Ports.anyFree();

  Harness(PartContext context, PostgresPart postgres, KafkaPart kafka) {
    this.context = context;
    this.postgres = postgres;
    this.kafka = kafka;
    this.process = new PartProcess(context.state(), NAME);
  }

  /** Starts it and waits until it is ready. */
  public void startAndAwait() {
    process.start(launch(), Lifetime.DETACHED);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!isReady()) {
      if (process.awaitEnd(BETWEEN_LOOKS) || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("harness did not start; see its log " + log());
      }
    }
  }

  /** Its pid while it runs. */
  public Optional<Long> pid() {
    return process.pid();
  }

  /** Whether it ended within the limit. */
  public boolean endsWithin(Duration limit) {
    return process.awaitEnd(limit);
  }

  /** Where it prints to. */
  public Path log() {
    return context.state().log(NAME);
  }

  /**
   * Asks for a run and waits for its result.
   *
   * @throws IOException when it does not answer, or not with success
   */
  public JsonNode ask(String path) throws IOException {
    HttpResponse<String> answer = post(path, LONGEST_RUN);
    if (answer.statusCode() >= 300) {
      throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
  }

  /** Posts and returns whatever is answered. */
  public HttpResponse<String> post(String path, Duration limit) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/harness/" + path))
            .timeout(limit)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Ends it in good order. */
  void stop() {
    process.stop("TERM", Duration.ofSeconds(10));
  }

  private boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/q/health/ready")).timeout(Duration.ofSeconds(2)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private Launch launch() {
    Path jar = context.installation().root().resolve("bench/target/quarkus-app/quarkus-run.jar");
    List<String> command = new JavaCommand(context.installation(), HEAP_MIB).jar(jar.toString());
    Database database = postgres.database();
    return Launch.of(
        NAME,
        command,
        Map.of(
            "QUARKUS_HTTP_HOST", "127.0.0.1",
            "QUARKUS_HTTP_PORT", Integer.toString(port),
            "QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl(),
            "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
            "QUARKUS_DATASOURCE_USERNAME", database.user(),
            "QUARKUS_DATASOURCE_PASSWORD", database.password(),
            "KAFKA_BOOTSTRAP_SERVERS", kafka.address()));
  }
}
