package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.client.TestServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SluiceClientTest {

  private static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2));

  private final Deque<Answer> answers = new ArrayDeque<>();
  private TestServer server;
  private SluiceClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(call -> answers.size() > 1 ? answers.pop() : answers.getFirst());
    client = SluiceClient.connect(server.address(), () -> "token-1", QUICK);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void sendsTheTokenAndReadsTheAnswer() {
    // Given
    answers.add(
        Answer.json(
            200, Map.of("name", "demo", "createdAt", "2026-01-02T03:04:05Z", "newerField", true)));

    // When
    Project project = client.projects().get("demo");

    // Then
    assertThat(project.createdAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(server.calls().getFirst().header("Authorization")).isEqualTo("Bearer token-1");
  }

  @Test
  void keepsTheIdempotencyKeyOverTries() {
    // Given
    answers.add(Answer.problem(503, "unavailable", "starting"));
    answers.add(Answer.json(201, Map.of("name", "demo")));

    // When
    Project project = client.projects().create("demo", null);

    // Then
    assertThat(project.name()).isEqualTo("demo");
    List<String> keys =
        server.calls().stream().map(call -> call.header("Idempotency-key")).distinct().toList();
    assertThat(server.calls()).hasSize(2);
    assertThat(keys).hasSize(1).doesNotContain("");
  }

  @Test
  void sendsDifferentIdempotencyKeysForDifferentCalls() {
    // Given
    answers.add(Answer.json(201, Map.of("name", "demo")));

    // When
    client.projects().create("demo", null);
    client.projects().create("demo", null);

    // Then
    assertThat(server.calls().stream().map(call -> call.header("Idempotency-key")).distinct())
        .hasSize(2);
  }

  @Test
  void tellsWhatTheServiceRefused() {
    // Given
    Map<String, Object> error =
        Map.of("field", "name", "value", "X", "allowed", "3-40 lower-case letters");
    answers.add(
        Answer.json(
            400,
            Map.of(
                "status",
                400,
                "code",
                "invalid-name",
                "detail",
                "The name is not valid.",
                "errors",
                List.of(error))));

    // When / Then
    assertThatThrownBy(() -> client.projects().create("X", null))
        .isInstanceOfSatisfying(
            SluiceProblemException.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.code()).isEqualTo("invalid-name");
              assertThat(problem.errors().getFirst().field()).isEqualTo("name");
            })
        .hasMessage("The name is not valid. (name = X: allowed 3-40 lower-case letters)");
    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void givesUpOnAServiceThatStaysAway() {
    // Given
    answers.add(Answer.problem(503, "upstream-down", "catalog is down"));

    // When / Then
    assertThatThrownBy(() -> client.projects().get("demo"))
        .isInstanceOf(SluiceProblemException.class)
        .hasMessage("catalog is down");
    assertThat(server.calls()).hasSize(3);
  }

  @Test
  void saysThatNobodyAnswers() {
    // Given
    try (SluiceClient lonely =
        SluiceClient.connect(URI.create("http://127.0.0.1:9"), () -> "t", QUICK)) {
      // When / Then
      assertThatThrownBy(() -> lonely.projects().get("demo"))
          .isInstanceOf(SluiceUnavailableException.class)
          .hasMessageContaining("http://127.0.0.1:9");
    }
  }

  @Test
  void walksAllPages() {
    // Given
    answers.add(Answer.json(200, new Page<>(List.of(Map.of("name", "a")), "next&1")));
    answers.add(Answer.json(200, new Page<>(List.of(), "next2")));
    answers.add(Answer.json(200, new Page<>(List.of(Map.of("name", "b")), null)));

    // When
    List<String> names = client.projects().list().map(Project::name).toList();

    // Then
    assertThat(names).containsExactly("a", "b");
    assertThat(server.calls().get(1).query()).isEqualTo("limit=500&cursor=next%261");
  }

  @Test
  void updatesOnlyWhatItHasRead() {
    // Given
    Map<String, Object> dataset = Map.of("name", "notes", "dataType", "text");
    answers.add(new Answer(200, Json.write(dataset), Map.of("ETag", "\"7\"")));
    answers.add(Answer.json(200, dataset));

    // When
    client.datasets("demo").update("notes", new DatasetChange("Notes", null, null, null, null));

    // Then
    TestServer.Call patch = server.calls().get(1);
    assertThat(patch.method()).isEqualTo("PATCH");
    assertThat(patch.header("If-match")).isEqualTo("\"7\"");
    assertThat(patch.text()).isEqualTo("{\"displayName\":\"Notes\"}");
  }

  @Test
  void readsAManifestLineByLine() {
    // Given
    String lines =
        """
        {"path":"a b.md","size":1,"sha256":"aa","mediaType":"text/markdown","objectKey":"k"}
        {"path":"ü.md","size":2,"sha256":"bb","mediaType":"text/markdown","objectKey":"k2"}
        """;
    answers.add(new Answer(200, lines, Map.of("ETag", "\"sha256:cc\"")));

    // When
    try (ManifestLines manifest = client.versions("demo", "notes").manifest("v1")) {
      // Then
      assertThat(manifest.digest()).contains("sha256:cc");
      assertThat(manifest.files().map(FileEntry::path)).containsExactly("a b.md", "ü.md");
    }
  }

  @Test
  void encodesPathsOfFiles() {
    // Given
    answers.add(Answer.json(200, Map.of("url", "http://store/x?sig=1")));

    // When
    URI url = client.versions("demo", "notes").download("v1", "docs/a b#ü.md").url();

    // Then
    assertThat(url).hasToString("http://store/x?sig=1");
    assertThat(server.calls().getFirst().path())
        .isEqualTo("/api/v1/projects/demo/datasets/notes/versions/v1/files/docs/a b#ü.md");
  }
}
