package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.sluice.catalog.file.PendingFile;
import dev.sluice.events.UploadEvent.UploadAborted;
import dev.sluice.events.UploadEvent.UploadCompleted;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Facts that come in another order than they were said in. */
@QuarkusTest
@CatalogServers
class LateFactsTest {
  private final Facts facts = new Facts();

  @AfterEach
  void hangUp() {
    facts.close();
  }

  @Test
  void doesNotWaitForAFileThatIsThereWhenItsProgressIsToldLate() {
    // Given
    String draft = draft("late-part");
    UploadCompleted whole = completed("late-part", "a.txt");
    facts.say(whole);
    DraftWorld.waitForFiles(draft, 1);

    // When
    facts.say(Facts.chunk(whole));
    facts.say(completed("late-part", "b.txt"));
    DraftWorld.waitForFiles(draft, 2);

    // Then
    as("ada").get(draft + "/files").then().body("items.path", contains("a.txt", "b.txt"));
    as("ada").post(draft + "/seal", Map.of("expectedFiles", 2)).then().statusCode(200);
  }

  @Test
  void doesNotWaitForAnUploadThatWasGivenUp() {
    // Given
    String draft = draft("late-given-up");
    UploadCompleted never = completed("late-given-up", "a.txt");

    // When
    facts.say(
        new UploadAborted(
            never.project(),
            never.datasetId(),
            never.dataset(),
            never.version(),
            never.uploadId(),
            never.path(),
            "by a person",
            Instant.now()));
    facts.say(Facts.chunk(never));
    facts.say(completed("late-given-up", "b.txt"));
    DraftWorld.waitForFiles(draft, 1);

    // Then
    as("ada").post(draft + "/seal", Map.of("expectedFiles", 1)).then().statusCode(200);
  }

  @Test
  void stillWaitsForTheNextUploadOfAPath() {
    // Given
    String draft = draft("late-next");
    facts.say(completed("late-next", "a.txt"));
    DraftWorld.waitForFiles(draft, 1);

    // When
    facts.say(Facts.chunk(Facts.completed("late-next", id("late-next"), "a.txt", "other")));
    facts.say(completed("late-next", "b.txt"));
    DraftWorld.waitForFiles(draft, 2);

    // Then
    as("ada")
        .post(draft + "/seal", Map.of("expectedFiles", 2))
        .then()
        .statusCode(409)
        .body("errors.find { it.field == 'pending' }.value", equalTo("a.txt"));
  }

  @Test
  void keepsSayingWhyAFileCannotBeInTheDraft() {
    // Given
    String draft = draft("late-conflict");
    UploadCompleted below = completed("late-conflict", "a.txt/below");
    facts.say(completed("late-conflict", "a.txt"));
    facts.say(below);

    // When
    facts.say(Facts.chunk(below));
    facts.say(completed("late-conflict", "b.txt"));
    DraftWorld.waitForFiles(draft, 2);

    // Then
    as("ada")
        .post(draft + "/seal", Map.of("expectedFiles", 3))
        .then()
        .statusCode(409)
        .body("errors.find { it.field == 'pending' }.value", equalTo("a.txt/below"))
        .body(not(containsString(PendingFile.ON_ITS_WAY)));
  }

  private static String draft(String project) {
    return as("ada").draft(as("ada").project(project), dataset(project));
  }

  private static String dataset(String project) {
    as("ada").dataset(CatalogApi.PROJECTS + "/" + project, "wiki");
    return "wiki";
  }

  private static String id(String project) {
    return as("ada").get(CatalogApi.PROJECTS + "/" + project + "/datasets/wiki").path("id");
  }

  private static UploadCompleted completed(String project, String path) {
    return Facts.completed(project, id(project), path, path);
  }
}
