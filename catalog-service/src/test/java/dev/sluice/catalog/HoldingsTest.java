package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.events.UploadEvent.UploadCompleted;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class HoldingsTest {
  private static final String ELSEWHERE = "0".repeat(64);

  @Test
  void findsContentThatTheProjectHoldsAndNoOther() {
    // Given
    UploadCompleted held = aFileOf("h-mine");
    as("ada").project("h-other");
    Map<String, Object> question =
        Map.of(
            "contents",
            List.of(
                Map.of("size", held.size(), "sha256", held.sha256()),
                Map.of("size", 7, "sha256", ELSEWHERE),
                Map.of("size", held.size()),
                Map.of("size", held.size() + 1)));

    // When
    await("the file is in its draft")
        .atMost(Duration.ofSeconds(20))
        .until(() -> ask("h-mine", question).jsonPath().getList("objects").size() == 1);

    // Then
    ask("h-mine", question)
        .then()
        .body("objects[0].objectKey", equalTo(held.objectKey()))
        .body("objects[0].crc32c", equalTo(held.crc32c()))
        .body("objects[0].mediaType", equalTo(held.mediaType()))
        .body("sizes", equalTo(List.of((int) held.size())))
        .body("quotaBytes", nullValue());
    asService()
        .post(
            "/api/v1/projects/h-mine/holdings/keys",
            Map.of("keys", List.of(held.objectKey(), "dataset/docs/v1/nobody.txt")))
        .then()
        .body("owned", equalTo(List.of(held.objectKey())));
    ask("h-other", question).then().body("objects", hasSize(0)).body("sizes", hasSize(0));
  }

  @Test
  void tellsWhatADraftDoesToPaths() {
    // Given
    UploadCompleted held = aFileOf("h-draft");
    Map<String, Object> question =
        Map.of(
            "contents",
            List.of(Map.of("size", held.size(), "sha256", held.sha256())),
            "draft",
            Map.of(
                "datasetId", held.datasetId().toString(),
                "version", "v1",
                "paths", List.of("a.txt", "never.txt")));
    await("the file is in its draft")
        .atMost(Duration.ofSeconds(20))
        .until(() -> ask("h-draft", question).jsonPath().getList("draft.files").size() == 1);
    ask("h-draft", question)
        .then()
        .body("draft.files.path", equalTo(List.of("a.txt")))
        .body("draft.files.sha256", equalTo(List.of(held.sha256())));

    // When
    DraftWorld.edit(
            "/api/v1/projects/h-draft/datasets/docs/versions/v1", DraftWorld.remove("a.txt"))
        .then()
        .statusCode(200);

    // Then
    ask("h-draft", question)
        .then()
        .body("draft.files.path", hasSize(0))
        .body("draft.editedAt", notNullValue());
  }

  @Test
  void namesWhatASingleRemovalTookOutOfADraft() {
    // Given
    UploadCompleted held = aFileOf("h-removed");
    Map<String, Object> question =
        Map.of(
            "contents",
            List.of(Map.of("size", held.size(), "sha256", held.sha256())),
            "draft",
            Map.of(
                "datasetId", held.datasetId().toString(),
                "version", "v1",
                "paths", List.of("a.txt")));
    await("the file is in its draft")
        .atMost(Duration.ofSeconds(20))
        .until(() -> ask("h-removed", question).jsonPath().getList("draft.files").size() == 1);

    // When
    as("ada")
        .delete("/api/v1/projects/h-removed/datasets/docs/versions/v1/files/a.txt")
        .then()
        .statusCode(204);

    // Then
    ask("h-removed", question)
        .then()
        .body("draft.files.path", equalTo(List.of("a.txt")))
        .body("draft.files[0].sha256", nullValue());
  }

  @Test
  void tellsTheQuotaOfAProjectThatHasOne() {
    as("ada").project("h-quota");
    ask("h-quota", Map.of("contents", List.of(Map.of("size", 1))))
        .then()
        .statusCode(200)
        .body("quotaBytes", equalTo(1000))
        .body("usedBytes", equalTo(0));
  }

  @Test
  void namesWhatIsWrongWithAQuestion() {
    as("ada").project("h-wrong");
    ask("h-wrong", Map.of("contents", List.of()))
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("contents"));
  }

  private static UploadCompleted aFileOf(String name) {
    CatalogApi ada = as("ada");
    String project = ada.project(name);
    String id = ada.dataset(project, "docs");
    ada.draft(project, "docs");
    UploadCompleted completed = Facts.completed(name, id, "a.txt", "text of " + name);
    try (Facts facts = new Facts()) {
      facts.say(completed);
    }
    return completed;
  }

  private static Response ask(String project, Map<String, Object> question) {
    return asService().post("/api/v1/projects/" + project + "/holdings", question);
  }
}
