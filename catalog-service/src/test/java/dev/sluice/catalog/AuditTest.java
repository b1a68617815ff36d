package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class AuditTest {
  private final Pool database;

  AuditTest(Pool database) {
    this.database = database;
  }

  @Test
  void remembersWhoChangedWhatAndWhy() {
    // Given
    String project = as("ada").project("au-all");
    as("ada").member(project, "bob", "owner");
    as("bob").dataset(project, "wiki");

    // When
    String draft = as("bob").draft(project, "wiki");
    as("bob").delete(draft + "?reason=a+mistake").then().statusCode(204);
    as("bob").delete(project + "/datasets/wiki?reason=not+ours").then().statusCode(204);

    // Then
    Response audit = as("ada").get(project + "/audit?dataset=wiki");
    audit
        .then()
        .statusCode(200)
        .body(
            "items.action",
            contains("dataset.deleted", "version.dropped", "version.opened", "dataset.created"))
        .body("items.reason", contains("not ours", "a mistake", null, null))
        .body("items.actor", contains("bob", "bob", "bob", "bob"))
        .body("items[1].version", equalTo("v1"));
    as("ada")
        .get(project + "/audit?action=member.set&actor=ada")
        .then()
        .body("items.object", contains("bob", "ada"))
        .body("items[0].details.role", equalTo("owner"));
  }

  @Test
  void keepsWhyAVersionWasSealedRulesWereSetContentErasedAndADatasetGivenUp() {
    // Given
    try (DraftWorld world = new DraftWorld("au-why")) {
      String project = world.project();
      String wiki = project + "/datasets/wiki";
      String draft = world.draft(Map.of("a.txt", "A"));

      // When
      as("ada")
          .post(draft + "/seal", Map.of("expectedFiles", 1, "reason", "complete"))
          .then()
          .statusCode(200);
      as("ada")
          .put(wiki + "/retention?reason=the+disk", Map.of("keepLast", 3))
          .then()
          .statusCode(200);
      as("ada").delete(wiki + "/retention?reason=a+new+disk").then().statusCode(204);
      as("ada")
          .post(
              project + "/erasures",
              Map.of("sha256", Facts.sha256("A".getBytes(UTF_8)), "reason", "request 17"))
          .then()
          .statusCode(200);
      as("ada").delete(wiki + "?reason=not+ours").then().statusCode(204);
      String trashed = as("ada").get(project + "/trash").path("items[0].id");
      as("ada").delete(project + "/trash/" + trashed + "?reason=at+once").then().statusCode(204);

      // Then
      for (String[] said :
          new String[][] {
            {"version.sealed", "complete"},
            {"retention.set", "the disk"},
            {"retention.removed", "a new disk"},
            {"content.erased", "request 17"},
            {"dataset.given-up", "at once"}
          }) {
        as("ada")
            .get(project + "/audit?action=" + said[0])
            .then()
            .body("items.reason", contains(said[1]))
            .body("items.actor", contains("ada"));
      }
    }
  }

  @Test
  void pagesNewestFirst() {
    // Given
    String project = as("ada").project("au-page");
    as("ada").dataset(project, "one");
    as("ada").dataset(project, "two");

    // When
    List<Integer> ids = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Response page = as("ada").get(project + "/audit?limit=1&cursor=" + cursor);
      ids.addAll(page.then().statusCode(200).extract().path("items.id"));
      cursor = page.path("nextCursor");
    }

    // Then
    assertThat(ids).hasSize(4).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
  }

  @Test
  void leavesNoTraceOfAChangeThatWasRefused() {
    // Given
    String project = as("ada").project("au-refused");
    as("ada").dataset(project, "wiki");

    // When
    as("ada")
        .request()
        .header("If-Match", "\"7\"")
        .body(Map.of("displayName", "x"))
        .patch(project + "/datasets/wiki")
        .then()
        .statusCode(412);

    // Then
    as("ada")
        .get(project + "/audit?action=dataset.changed")
        .then()
        .body("items.size()", equalTo(0));
  }

  @Test
  void cannotBeRewrittenEvenInTheDatabase() {
    as("ada").project("au-stays");
    assertThatThrownBy(
            () ->
                database
                    .query("update catalog.audit_entry set actor = 'mallory'")
                    .executeAndAwait())
        .hasMessageContaining("never changed");
    assertThatThrownBy(() -> database.query("delete from catalog.audit_entry").executeAndAwait())
        .hasMessageContaining("never changed");
  }
}
