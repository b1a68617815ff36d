package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs that are asked for by other ways, that fail, and that outlive a kill. */
class RunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofMinutes(4);

  @BeforeAll
  static void up() {
    Sluice.up();
  }

  @Test
  void startsOnARequestFromAnyKafkaClient() throws Exception {
    // Given
    String project = Documents.project();
    Documents.sealedHandbook(project);
    UUID runId = UUID.randomUUID();
    // When
    request(project, runId);
    request(project, runId);
    // Then
    assertThat(ended(project, runId.toString()).path("state").asText()).isEqualTo("succeeded");
    JsonNode version =
        Sluice.run("--project", project, "version", "show", "asked@v1", "-o", "json").ok().json();
    assertThat(version.at("/producedBy/runId").asText()).isEqualTo(runId.toString());
    assertThat(Sluice.run("--project", project, "version", "show", "asked@v2").exitCode())
        .isEqualTo(3);
  }

  @Test
  void endsFailedWithTheReasonAndTheLogTail() {
    // Given
    String project = Documents.project();
    Documents.sealedHandbook(project);
    String command = "python -c \"raise SystemExit('the well is dry')\"";
    var manifest = Documents.manifest(project, "broken", command);
    // When
    var result =
        Sluice.run(
            "--project", project, "process", "-f", manifest.toString(), "--wait", "-o", "json");
    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    JsonNode run = result.json();
    assertThat(run.path("state").asText()).isEqualTo("failed");
    assertThat(run.path("reason").asText()).isNotBlank();
    assertThat(run.path("logTail").asText()).contains("the well is dry");
  }

  @Test
  void survivesAKillOfTheServicesThatDoIt() {
    // Given
    String project = Documents.project();
    Documents.sealedHandbook(project);
    var manifest = Documents.manifest(project, "survivor", "python -m sluice.runner");
    String runId =
        Sluice.run("--project", project, "process", "-f", manifest.toString(), "-o", "json")
            .ok()
            .json()
            .path("id")
            .asText();
    // When
    Sluice.kill("processing-service");
    Sluice.kill("catalog-service");
    Sluice.run("up").ok();
    // Then
    assertThat(ended(project, runId).path("state").asText()).isEqualTo("succeeded");
    Sluice.run("--project", project, "version", "show", "survivor@v1").ok();
  }

  @Test
  void refusesAManifestByNamingFieldValueAndWhatIsAllowed() throws Exception {
    // Given
    String project = Documents.project();
    String token = Sluice.run("token", "--user", "dev").ok().out().strip();
    String manifest =
        java.nio.file.Files.readString(
                Documents.manifest(project, "wrong", "python -m sluice.runner"))
            .replace("\"DEFAULT\"", "\"SOMETIMES\"");
    // When
    var answer = Sluice.http("POST", "/api/v1/runs", token, manifest);
    // Then
    assertThat(answer.statusCode()).isBetween(400, 422);
    JsonNode error = JSON.readTree(answer.body()).at("/errors/0");
    assertThat(error.path("field").asText()).endsWith("scheduling");
    assertThat(error.path("value").asText()).isEqualTo("SOMETIMES");
    assertThat(error.path("allowed").asText()).contains("DEFAULT", "SPREAD");
  }

  private static JsonNode ended(String project, String runId) {
    return Awaitility.await("end of run " + runId)
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              var shown = Sluice.run("--project", project, "job", "show", runId, "-o", "json");
              return shown.exitCode() == 0 ? shown.json() : JSON.createObjectNode();
            },
            run ->
                switch (run.path("state").asText()) {
                  case "succeeded", "failed", "cancelled" -> true;
                  default -> false;
                });
  }

  private static void request(String project, UUID runId)
      throws ExecutionException, InterruptedException, TimeoutException {
    ObjectNode event = JSON.createObjectNode();
    event.put("project", project);
    event.put("requestedBy", "dev");
    event.put("occurredAt", Instant.now().toString());
    event
        .putObject("manifest")
        .put("apiVersion", "core.oneblock.ai/v1alpha1")
        .put("kind", "DataSet");
    ObjectNode manifest = (ObjectNode) event.path("manifest");
    manifest.putObject("metadata").put("name", "asked").put("namespace", project);
    ObjectNode spec = manifest.putObject("spec");
    spec.putObject("source")
        .put("type", "text")
        .put("url", "sluice://" + project + "/" + Documents.HANDBOOK + "@v1");
    spec.putObject("destination").put("type", "s3").put("format", "parquet");
    spec.put("entrypoint", "python -m sluice.runner");
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", Sluice.environment().get("KAFKA_BOOTSTRAP_SERVERS")),
            new StringSerializer(),
            new StringSerializer())) {
      ProducerRecord<String, String> request =
          new ProducerRecord<>(Topics.PROCESSING, project, event.toString());
      Map.of(
              "ce_specversion", "1.0",
              "ce_id", runId.toString(),
              "ce_type", "dev.sluice.ProcessingRequested.v1",
              "ce_source", "https://example.test/some-team",
              "ce_project", project)
          .forEach(
              (name, value) -> request.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      producer.send(request).get(30, TimeUnit.SECONDS);
    }
  }
}
