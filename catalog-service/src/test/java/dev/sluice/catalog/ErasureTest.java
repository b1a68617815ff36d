package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.events.DatasetEvent.FileErased;
import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class ErasureTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String SECRET = "secret";
  private static final String DIGEST = Facts.sha256(SECRET.getBytes(UTF_8));

  private final ObjectStore store;
  private Facts facts = new Facts();

  ErasureTest(ObjectStore store) {
    this.store = store;
  }

  @BeforeEach
  void listen() {
    facts.close();
    facts = new Facts();
  }

  @AfterEach
  void hangUp() {
    CrashPoint.arm("");
    facts.close();
  }

  @Test
  void erasesTheBytesOfAFileAndKeepsItsEntry() {
    // Given
    String version = aVersionWithASecret("e-file");
    String manifest = as("ada").get(version + "/manifest").asString();

    // When
    Response erased =
        as("ada")
            .post(
                "/api/v1/projects/e-file/erasures",
                Map.of("dataset", "wiki", "version", "v1", "path", "b.txt", "reason", "a request"));

    // Then
    erased
        .then()
        .statusCode(200)
        .body("sha256", equalTo(DIGEST))
        .body("erasedBy", equalTo("ada"))
        .body("reason", equalTo("a request"));
    assertThat(inStore("e-file", "dataset/wiki/v1/b.txt")).isFalse();
    assertThat(inStore("e-file", "dataset/wiki/v1/a.txt")).isTrue();
    as("ada").get(version + "/files/b.txt").then().statusCode(410);
    as("ada")
        .get(version + "/files/b.txt?download=true")
        .then()
        .statusCode(410)
        .body("code", equalTo("file-erased"));
    as("ada")
        .get(version + "/files")
        .then()
        .body("items[0].erased", nullValue())
        .body("items[1].erased", equalTo(true));
    assertThat(as("ada").get(version + "/manifest").asString()).isEqualTo(manifest);
    assertThat(holdings("e-file")).isEmpty();
    assertThat(facts.said(FileErased.class, "e-file", 1).getFirst().value()).contains(DIGEST);
    as("ada").get("/api/v1/projects/e-file/erasures").then().body("items", hasSize(1));
  }

  @Test
  void takesTheSameContentAgainUnlessItIsBlocked() {
    // Given
    aVersionWithASecret("e-again");
    erase("e-again", Map.of("sha256", DIGEST, "reason", "a request"));
    String id = as("ada").get("/api/v1/projects/e-again/datasets/wiki").path("id");
    String draft = as("ada").draft("/api/v1/projects/e-again", "wiki");

    // When
    facts.say(Facts.completed("e-again", id, "v2", "again.txt", SECRET));

    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() -> as("ada").get(draft + "/files/again.txt").then().statusCode(200));

    // When
    erase("e-again", Map.of("sha256", DIGEST, "reason", "and for good", "block", true));
    facts.say(Facts.completed("e-again", id, "v2", "blocked.txt", SECRET));
    facts.say(Facts.completed("e-again", id, "v2", "other.txt", "other"));

    // Then
    await()
        .atMost(SOON)
        .untilAsserted(() -> as("ada").get(draft + "/files/other.txt").then().statusCode(200));
    as("ada").get(draft + "/files/again.txt").then().statusCode(410);
    as("ada").get(draft + "/files/blocked.txt").then().statusCode(404);
    as("ada")
        .post(draft + "/seal", Map.of("expectedFiles", 2))
        .then()
        .statusCode(409)
        .body("errors.find { it.field == 'pending' }.value", equalTo("blocked.txt"));
  }

  @Test
  void tellsServicesWhatMustNotComeBackAndWhy() {
    // Given
    String project = as("ada").project("e-told");
    String other = Facts.sha256("other".getBytes(UTF_8));

    // When
    erase("e-told", Map.of("sha256", DIGEST, "reason", "request 17", "block", true));

    // Then
    asService()
        .post(project + "/holdings/blocked", Map.of("sha256", List.of(other, DIGEST)))
        .then()
        .statusCode(200)
        .body("blocked.sha256", equalTo(List.of(DIGEST)))
        .body("blocked.reason", equalTo(List.of("request 17")));
    asService()
        .post(
            project + "/holdings",
            Map.of("contents", List.of(Map.of("size", SECRET.length(), "sha256", DIGEST))))
        .then()
        .body("objects", hasSize(0))
        .body("blocked.sha256", equalTo(List.of(DIGEST)));
  }

  @Test
  void finishesAnErasureThatWasKilled() {
    // Given
    aVersionWithASecret("e-kill");
    CrashPoint.arm(
        "catalog.erasure.afterCommit",
        () -> {
          throw new IllegalStateException("killed");
        });

    // When
    as("ada")
        .post("/api/v1/projects/e-kill/erasures", Map.of("sha256", DIGEST, "reason", "a request"))
        .then()
        .statusCode(500);
    CrashPoint.arm("");

    // Then
    await().atMost(SOON).until(() -> !inStore("e-kill", "dataset/wiki/v1/b.txt"));
    as("ada").get("/api/v1/projects/e-kill/erasures").then().body("items", hasSize(1));
  }

  @Test
  void namesWhatIsWrongWithAnErasure() {
    String erasures = as("ada").project("e-wrong") + "/erasures";
    as("ada").post(erasures, Map.of("sha256", DIGEST)).then().statusCode(400);
    as("ada").post(erasures, Map.of("reason", "why")).then().statusCode(400);
    as("ada")
        .post(erasures, Map.of("sha256", DIGEST, "reason", "why"))
        .then()
        .statusCode(404)
        .body("code", equalTo("content-not-found"));
    as("ada").get(erasures).then().body("items", hasSize(0));
  }

  private static void erase(String project, Map<String, Object> body) {
    as("ada").post("/api/v1/projects/" + project + "/erasures", body).then().statusCode(200);
  }

  private String aVersionWithASecret(String name) {
    String project = as("ada").project(name);
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");
    bring(Facts.completed(name, id, "a.txt", "public"), "public");
    bring(Facts.completed(name, id, "b.txt", SECRET), SECRET);
    await().atMost(SOON).untilAsserted(() -> as("ada").get(draft).then().body("files", equalTo(2)));
    as("ada").post(draft + "/seal", Map.of("expectedFiles", 2)).then().statusCode(200);
    return draft;
  }

  private void bring(UploadCompleted completed, String text) {
    Await.await(
        () ->
            store.put(
                store.bucketOf(completed.project()),
                completed.objectKey(),
                text.getBytes(UTF_8),
                "text/plain"));
    facts.say(completed);
  }

  private boolean inStore(String project, String key) {
    return Await.await(() -> store.stat(store.bucketOf(project), key)).isPresent();
  }

  private static List<Object> holdings(String project) {
    return asService()
        .post(
            "/api/v1/projects/" + project + "/holdings",
            Map.of("contents", List.of(Map.of("size", SECRET.length(), "sha256", DIGEST))))
        .jsonPath()
        .getList("objects");
  }
}
