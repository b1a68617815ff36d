package dev.sluice.processing;

import static dev.sluice.processing.RunCalls.SOON;
import static dev.sluice.processing.RunCalls.ada;
import static dev.sluice.processing.RunCalls.job;
import static dev.sluice.processing.RunCalls.untilState;
import static dev.sluice.testing.TestTokens.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.processing.manifest.Manifests;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs while programs print and after Ray has forgotten them. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class RunLogTest {
  private static final String DEMO = Manifests.runnable("demo");

  private final ScriptedRay ray = ScriptedRay.INSTANCE;

  @Inject ObjectStore store;

  private RunCalls calls;

  @BeforeEach
  void begin() {
    calls = new RunCalls(store);
  }

  @AfterEach
  void quiet() {
    ray.log("");
    ray.away(false);
  }

  @Test
  void keepsTheLogWhenRayForgetsIt() {
    // Given
    ray.log("first\nValueError: é\n");
    String id = calls.running(DEMO);
    ray.exit(job(id, 1), 1);
    untilState(id, "failed");

    // When
    await().atMost(SOON).until(() -> FakeCatalog.INSTANCE.hasReleased(id));
    ray.forgetAll();
    ray.log("of another job");

    // Then
    assertThat(text(id)).isEqualTo("first\nValueError: é\n");
  }

  @Test
  void showsNoToken() {
    // Given
    String id = calls.running(DEMO);
    String token =
        ray.job(job(id, 1)).path("runtime_env").path("env_vars").path("SLUICE_RUN_TOKEN").asText();

    // When
    ray.log("SLUICE_RUN_TOKEN=" + token + "\nray ray-secret\n");

    // Then
    assertThat(text(id))
        .isEqualTo("SLUICE_RUN_TOKEN=" + "*".repeat(token.length()) + "\nray **********\n");
  }

  @Test
  void givesRangesByOffset() {
    // Given
    ray.log("0123456789");
    String id = calls.running(DEMO);

    // Then
    ada()
        .header("Range", "bytes=4-6")
        .get(logs(id))
        .then()
        .statusCode(206)
        .header("Content-Range", "bytes 4-6/10")
        .body(equalTo("456"));
    ada().header("Range", "bytes=-2").get(logs(id)).then().statusCode(206).body(equalTo("89"));
    ada()
        .header("Range", "bytes=10-")
        .get(logs(id))
        .then()
        .statusCode(416)
        .body("code", equalTo("range-not-there"));
  }

  @Test
  void followsTheLogToItsEnd() throws IOException, InterruptedException {
    // Given
    ray.log("one\rhalf\n");
    String id = calls.running(DEMO);

    // When
    List<String> events = new ArrayList<>();
    try (BufferedReader lines = follow(events(id), "")) {
      readUntil(lines, events, "id:9");
      ray.log("one\rhalf\ntwo é\n");
      readUntil(lines, events, "id:16");
      ray.exit(job(id, 1), 1);
      readUntil(lines, events, "\"state\"");
    }

    // Then
    assertThat(events)
        .contains(
            "event:log",
            "data:{\"text\":\"one\\rhalf\\n\"}",
            "data:{\"text\":\"two é\\n\"}",
            "event:end",
            "data:{\"state\":\"failed\",\"attempt\":1}");
  }

  @Test
  void goesOnWhereAFollowerWas() throws IOException, InterruptedException {
    // Given
    ray.log("one\ntwo\n");
    String id = calls.running(DEMO);
    ray.exit(job(id, 1), 1);
    untilState(id, "failed");

    // When
    List<String> events = new ArrayList<>();
    try (BufferedReader lines = follow(events(id), "4")) {
      readUntil(lines, events, "\"state\"");
    }

    // Then
    assertThat(events).contains("data:{\"text\":\"two\\n\"}").noneMatch(e -> e.contains("one"));
  }

  @Test
  void saysWhichAttemptFollows() throws IOException, InterruptedException {
    // Given
    String id = calls.running(Manifests.runnable("demo", "retry: {backoff: 1s}"));
    ray.exit(job(id, 1), 75);
    await().atMost(SOON).until(() -> RunCalls.run(id).getInt("attempt") == 2);

    // When
    List<String> events = new ArrayList<>();
    try (BufferedReader lines = follow(events(id) + "?attempt=1", "")) {
      readUntil(lines, events, "\"state\"");
    }

    // Then
    assertThat(events.getLast()).contains("\"attempt\":1", "\"nextAttempt\":2");
    ada().get(logs(id) + "?attempt=3").then().statusCode(400);
  }

  @Test
  void saysToAFollowerWhyThereIsNothing() throws IOException, InterruptedException {
    // When
    List<String> events = new ArrayList<>();
    try (BufferedReader lines = follow(events(UUID.randomUUID().toString()), "")) {
      readUntil(lines, events, "\"status\"");
    }

    // Then
    assertThat(events).contains("event:error");
    assertThat(events.getLast()).contains("\"status\":404", "run-not-found");
  }

  private static BufferedReader follow(String path, String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port).resolve(path))
            .header("Authorization", bearer("ada"))
            .header("Accept", "text/event-stream");
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
  }

  private static void readUntil(BufferedReader lines, List<String> events, String part)
      throws IOException {
    String line = lines.readLine();
    while (line != null) {
      events.add(line.replaceFirst(": ", ":"));
      if (events.getLast().contains(part)) {
        return;
      }
      line = lines.readLine();
    }
  }

  private static String text(String id) {
    return ada().get(logs(id)).then().statusCode(200).extract().asString();
  }

  private static String events(String id) {
    return logs(id) + "/events";
  }

  private static String logs(String id) {
    return "/api/v1/runs/" + id + "/logs";
  }
}
