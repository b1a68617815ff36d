package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.events.DatasetEvent.DatasetPurged;
import dev.sluice.events.DatasetEvent.DatasetRestored;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class TrashTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Pool database;

  TrashTest(Pool database) {
    this.database = database;
  }

  @Test
  void restoresADatasetWithItsVersions() {
    // Given
    String dataset = AliasesTest.sealed("tr-restore", 1);
    String project = dataset.replace("/datasets/wiki", "");
    String id = as("ada").get(dataset).path("id");
    as("ada").delete(dataset + "?reason=by+mistake").then().statusCode(204);
    as("ada").get(project + "/trash").then().body("items.id", contains(id));

    // When
    as("ada").post(project + "/trash/" + id + "/restore?reason=needed", "").then().statusCode(204);

    // Then
    as("ada").get(dataset).then().body("id", equalTo(id)).body("latestVersion", equalTo("v1"));
    as("ada").get(dataset + "/versions/latest/files").then().body("items.path", contains("a.txt"));
    as("ada").get(project + "/trash").then().body("items.size()", equalTo(0));
    as("ada")
        .get(project + "/audit?action=dataset.restored")
        .then()
        .body("items.reason", contains("needed"));
    try (Facts facts = new Facts()) {
      assertThat(facts.said(DatasetRestored.class, "tr-restore", 1)).hasSize(1);
    }
  }

  @Test
  void restoresOnlyWhileTheNameIsFreeAndGivesNoNumberTwice() {
    // Given
    String project = as("ada").project("tr-taken");
    String first = as("ada").dataset(project, "wiki");
    as("ada").draft(project, "wiki");
    as("ada").delete(project + "/datasets/wiki").then().statusCode(204);
    as("ada").dataset(project, "wiki");
    as("ada").draft(project, "wiki");

    // When
    Response taken = as("ada").post(project + "/trash/" + first + "/restore", "");
    as("ada").delete(project + "/datasets/wiki").then().statusCode(204);
    Response free = as("ada").post(project + "/trash/" + first + "/restore", "");

    // Then
    taken.then().statusCode(409).body("code", equalTo("dataset-name-taken"));
    free.then().statusCode(204);
    as("ada").delete(project + "/datasets/wiki/versions/v1").then().statusCode(204);
    assertThat(as("ada").draft(project, "wiki")).endsWith("/v3");
  }

  @Test
  void purgesWhatIsOlderThanThePolicyAndNothingElse() {
    // Given
    String old = AliasesTest.sealed("tr-purge", 2);
    String project = old.replace("/datasets/wiki", "");
    String id = as("ada").get(old).path("id");
    as("ada").put(old + "/aliases/prod", java.util.Map.of("version", "v1"));
    as("ada").dataset(project, "young");
    as("ada").delete(old).then().statusCode(204);
    as("ada").delete(project + "/datasets/young").then().statusCode(204);

    // When
    age(id, 31);

    // Then
    try (Facts facts = new Facts()) {
      assertThat(facts.said(DatasetPurged.class, "tr-purge", 1)).hasSize(1);
    }
    as("ada").get(project + "/trash").then().body("items.name", contains("young"));
    as("ada").post(project + "/trash/" + id + "/restore", "").then().statusCode(404);
    assertThat(rowsOf(id)).isZero();
    as("ada").dataset(project, "wiki");
    assertThat(as("ada").draft(project, "wiki")).endsWith("/v3");
    as("ada")
        .get(project + "/audit?action=dataset.purged")
        .then()
        .body("items.actor", contains("sluice"));
  }

  @Test
  void purgesBeforeItsTimeWhenAnOwnerSaysSo() {
    // Given
    String project = as("ada").project("tr-now");
    as("ada").member(project, "bob", "editor");
    String id = as("ada").dataset(project, "wiki");
    as("ada").delete(project + "/datasets/wiki").then().statusCode(204);

    // When
    Response editor = as("bob").delete(project + "/trash/" + id);
    Response owner = as("ada").delete(project + "/trash/" + id);

    // Then
    editor.then().statusCode(403);
    owner.then().statusCode(204);
    await().atMost(SOON).until(() -> rowsOf(id) == 0);
  }

  private void age(String dataset, int days) {
    database
        .preparedQuery(
            "update catalog.dataset set deleted_at = deleted_at - make_interval(days => $1)"
                + " where id = $2")
        .executeAndAwait(Tuple.of(days, UUID.fromString(dataset)));
  }

  private long rowsOf(String dataset) {
    return database
        .preparedQuery(
            "select (select count(*) from catalog.dataset where id = $1)"
                + " + (select count(*) from catalog.dataset_version where dataset_id = $1)"
                + " + (select count(*) from catalog.version_name where dataset_id = $1)")
        .executeAndAwait(Tuple.of(UUID.fromString(dataset)))
        .iterator()
        .next()
        .getLong(0);
  }
}
