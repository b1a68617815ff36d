package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.DraftWorld.edit;
import static dev.sluice.catalog.DraftWorld.paths;
import static dev.sluice.catalog.DraftWorld.put;
import static dev.sluice.catalog.DraftWorld.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rollback and clone. */
@QuarkusTest
@CatalogServers
class SuccessionTest {

  @Test
  void rollsBackByANewVersionWithTheSameDigest() {
    // Given
    try (DraftWorld world = new DraftWorld("s-back")) {
      String first = world.seal(world.draft(Map.of("a.txt", "A", "b.txt", "B")));
      String second = world.heir("v1");
      edit(second, remove("a.txt")).then().statusCode(200);
      world.seal(second);
      String rollback = world.project() + "/datasets/wiki/rollback";

      // When
      Response made = as("ada").post(rollback, Map.of("to", "v1"));
      Response unsaid = as("ada").post(rollback, Map.of());
      Response unknown = as("ada").post(rollback, Map.of("to", "v8"));

      // Then
      made.then()
          .statusCode(201)
          .body("version", equalTo("v3"))
          .body("state", equalTo("sealed"))
          .body("inheritedFrom", equalTo("v1"))
          .body("files", equalTo(2))
          .body("digest", equalTo(as("ada").get(first).path("digest")));
      as("ada").get(world.version("latest")).then().body("version", equalTo("v3"));
      assertThat(paths(world.version("v3"))).containsExactly("a.txt", "b.txt");
      unsaid.then().statusCode(400).body("errors[0].field", equalTo("to"));
      unknown.then().statusCode(404);
    }
  }

  @Test
  void refusesToRollBackBesideAnOpenDraft() {
    // Given
    try (DraftWorld world = new DraftWorld("s-open")) {
      world.seal(world.draft(Map.of("a.txt", "A")));
      world.heir("v1");

      // When
      Response answer =
          as("ada").post(world.project() + "/datasets/wiki/rollback", Map.of("to", "v1"));

      // Then
      answer.then().statusCode(409).body("code", equalTo("draft-open"));
    }
  }

  @Test
  void clonesAVersionIntoADatasetThatSharesItsObjects() {
    // Given
    try (DraftWorld world = new DraftWorld("s-clone")) {
      String source = world.seal(world.draft(Map.of("a.txt", "A", "b.txt", "B")));

      // When
      Response made = as("ada").post(source + "/clone", Map.of("name", "copy"));
      Response taken = as("ada").post(source + "/clone", Map.of("name", "copy"));

      // Then
      made.then()
          .statusCode(201)
          .body("dataset", equalTo("copy"))
          .body("version", equalTo("v1"))
          .body("inputs[0].dataset", equalTo("wiki"))
          .body("digest", equalTo(as("ada").get(source).path("digest")));
      taken.then().statusCode(409);
      String copy = world.project() + "/datasets/copy/versions/v1";
      as("ada")
          .get(copy + "/files/a.txt")
          .then()
          .body("objectKey", equalTo(as("ada").get(source + "/files/a.txt").path("objectKey")));
      String draft = world.project() + "/datasets/copy/versions";
      as("ada").post(draft, Map.of("inheritedFrom", "v1")).then().statusCode(201);
      edit(draft + "/v2", put("c.txt", "B")).then().statusCode(200);
      assertThat(paths(source)).containsExactly("a.txt", "b.txt");
    }
  }

  @Test
  void remembersWhoSealedByRollingBackAndByCloning() {
    // Given
    try (DraftWorld world = new DraftWorld("s-audit")) {
      String source = world.seal(world.draft(Map.of("a.txt", "A")));

      // When
      as("ada")
          .post(world.project() + "/datasets/wiki/rollback", Map.of("to", "v1"))
          .then()
          .statusCode(201);
      as("ada").post(source + "/clone", Map.of("name", "copy")).then().statusCode(201);

      // Then
      String sealed = world.project() + "/audit?action=version.sealed";
      as("ada")
          .get(sealed)
          .then()
          .body("items.dataset", contains("copy", "wiki", "wiki"))
          .body("items.version", contains("v1", "v2", "v1"))
          .body("items.actor", contains("ada", "ada", "ada"));
    }
  }
}
