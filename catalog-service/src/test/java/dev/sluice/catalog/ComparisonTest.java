package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.DraftWorld.edit;
import static dev.sluice.catalog.DraftWorld.move;
import static dev.sluice.catalog.DraftWorld.paths;
import static dev.sluice.catalog.DraftWorld.put;
import static dev.sluice.catalog.DraftWorld.remove;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Diff, merge and restore. */
@QuarkusTest
@CatalogServers
class ComparisonTest {

  @Test
  void namesWhatWasAddedRemovedChangedAndMoved() {
    // Given
    try (DraftWorld world = new DraftWorld("c-diff")) {
      world.seal(world.draft(Map.of("a.txt", "A", "b.txt", "BB", "c.txt", "CCC", "d.txt", "D")));
      String draft = world.heir("v1");
      edit(
              draft,
              put("b.txt", "A"),
              move("c.txt", "z/c.txt"),
              remove("d.txt"),
              put("new.txt", "BB"))
          .then()
          .statusCode(200);

      // When
      Response diff = as("ada").get(draft + "/diff?from=v1");
      Response back = as("ada").get(world.version("v1") + "/diff?from=v2");

      // Then
      diff.then()
          .statusCode(200)
          .body("items.path", contains("b.txt", "d.txt", "new.txt", "z/c.txt"))
          .body("items.change", contains("changed", "removed", "added", "moved"))
          .body("items[3].movedFrom", equalTo("c.txt"))
          .body("items[0].was.size", equalTo(2))
          .body("items[0].is.size", equalTo(1))
          .body("items[1].is", nullValue())
          .body("summary.added", equalTo(1))
          .body("summary.removed", equalTo(1))
          .body("summary.changed", equalTo(1))
          .body("summary.moved", equalTo(1))
          .body("summary.bytesAdded", equalTo(3))
          .body("summary.bytesRemoved", equalTo(3))
          .body("summary.movesFound", equalTo(true))
          .body("nextCursor", nullValue());
      back.then()
          .body("items.path", contains("b.txt", "c.txt", "d.txt", "new.txt"))
          .body("items.change", contains("changed", "moved", "added", "removed"));
    }
  }

  @Test
  void pagesAndStreamsTheSameDifferences() {
    // Given
    try (DraftWorld world = new DraftWorld("c-pages")) {
      world.seal(world.draft(Map.of("a.txt", "A", "b.txt", "B", "c.txt", "C")));
      String draft = world.heir("v1");
      edit(draft, remove("a.txt"), put("b.txt", "A"), move("c.txt", "0.txt"))
          .then()
          .statusCode(200);

      // When
      Response first = as("ada").get(draft + "/diff?from=v1&limit=2");
      Response second =
          as("ada").get(draft + "/diff?from=v1&limit=2&cursor=" + first.path("nextCursor"));
      Response streamed = as("ada").get(draft + "/diff/lines?from=wiki@v1");

      // Then
      first.then().body("items.path", contains("0.txt", "a.txt"));
      second.then().body("items.path", contains("b.txt")).body("nextCursor", nullValue());
      assertThat(streamed.body().asString().lines().toList())
          .hasSize(3)
          .first()
          .asString()
          .startsWith("{\"path\":\"0.txt\",\"change\":\"moved\",\"movedFrom\":\"c.txt\"");
    }
  }

  @Test
  void comparesVersionsOfTwoDatasets() {
    // Given
    try (DraftWorld world = new DraftWorld("c-across")) {
      world.seal(world.draft(Map.of("a.txt", "A", "b.txt", "B")));
      as("ada").dataset(world.project(), "other");
      String other = as("ada").draft(world.project(), "other");
      edit(other, put("a.txt", "A"), put("c.txt", "B")).then().statusCode(200);

      // When
      Response diff = as("ada").get(other + "/diff?from=wiki@v1");
      Response missing = as("ada").get(other + "/diff?from=wiki@v7");
      Response unsaid = as("ada").get(other + "/diff");

      // Then
      diff.then().body("items.change", contains("moved")).body("items.path", contains("c.txt"));
      missing.then().statusCode(404);
      unsaid.then().statusCode(400).body("errors[0].field", equalTo("from"));
    }
  }

  @Test
  void mergesWhatTwoVersionsOfOneParentDid() {
    // Given
    try (DraftWorld world = new DraftWorld("c-merge")) {
      String theirs = threeVersions(world, put("c.txt", "A"), remove("b.txt"));
      String draft = world.heir("v2");

      // When
      Response merged = as("ada").post(draft + "/merge", Map.of("from", theirs));
      Response again = as("ada").post(draft + "/merge", Map.of("from", theirs));

      // Then
      merged
          .then()
          .statusCode(200)
          .body("base", equalTo("v1"))
          .body("taken", equalTo(2))
          .body("files", equalTo(3));
      again.then().statusCode(200).body("taken", equalTo(0));
      as("ada")
          .get(draft + "/lineage?depth=1")
          .then()
          .body("edges.kind", containsInAnyOrder("inherited", "merged"))
          .body("edges.find { it.kind == 'merged' }.from", equalTo("version:wiki@v3"));
      as("ada")
          .get(world.project() + "/audit?action=version.merged")
          .then()
          .body("items.details.from", hasItem("v3"));
      assertThat(DraftWorld.contents(draft))
          .containsOnlyKeys("a.txt", "c.txt", "ours.txt")
          .containsEntry("a.txt", sha256("B"))
          .containsEntry("c.txt", sha256("A"));
    }
  }

  @Test
  void namesConflictsAndTakesTheSideThatIsSaid() {
    // Given
    try (DraftWorld world = new DraftWorld("c-conflict")) {
      String theirs = threeVersions(world, put("a.txt", "C"), put("ours.txt", "B"));
      String draft = world.heir("v2");

      // When
      Response refused = as("ada").post(draft + "/merge", Map.of("from", theirs));
      List<String> after = paths(draft);
      Response ours =
          as("ada").post(draft + "/merge", Map.of("from", theirs, "resolution", "ours"));
      String kept = DraftWorld.contents(draft).get("a.txt");
      Response taken =
          as("ada").post(draft + "/merge", Map.of("from", theirs, "resolution", "theirs"));

      // Then
      refused
          .then()
          .statusCode(409)
          .body("code", equalTo("merge-conflict"))
          .body("errors.value", contains("a.txt", "ours.txt"));
      assertThat(after).containsExactly("a.txt", "b.txt", "c.txt", "ours.txt");
      ours.then().statusCode(200).body("resolved", equalTo(2)).body("taken", equalTo(0));
      assertThat(kept).isEqualTo(sha256("B"));
      taken.then().statusCode(200).body("resolved", equalTo(2)).body("taken", equalTo(2));
      assertThat(DraftWorld.contents(draft)).containsEntry("a.txt", sha256("C"));
    }
  }

  @Test
  void restoresSinglePathsAndWholePrefixes() {
    // Given
    try (DraftWorld world = new DraftWorld("c-restore")) {
      world.seal(world.draft(Map.of("d/a.txt", "A", "d/b.txt", "B", "e.txt", "E")));
      String draft = world.heir("v1");
      edit(draft, remove("d/a.txt"), put("d/b.txt", "E"), put("d/new.txt", "E"), remove("e.txt"))
          .then()
          .statusCode(200);

      // When
      Response path =
          as("ada").post(draft + "/restore", Map.of("from", "v1", "paths", List.of("d/a.txt")));
      List<String> afterPath = paths(draft);
      Response prefix = as("ada").post(draft + "/restore", Map.of("from", "v1", "prefix", "d/"));
      Response missing =
          as("ada").post(draft + "/restore", Map.of("from", "v1", "paths", List.of("nope")));
      Response neither = as("ada").post(draft + "/restore", Map.of("from", "v1"));

      // Then
      path.then().statusCode(200).body("changed", equalTo(1));
      assertThat(afterPath).containsExactly("d/a.txt", "d/b.txt", "d/new.txt");
      prefix.then().statusCode(200).body("changed", equalTo(2)).body("files", equalTo(2));
      assertThat(DraftWorld.contents(draft))
          .containsOnlyKeys("d/a.txt", "d/b.txt")
          .containsEntry("d/b.txt", sha256("B"));
      missing.then().statusCode(404).body("code", equalTo("file-not-found"));
      neither.then().statusCode(400);
    }
  }

  @Test
  void refusesToWriteIntoASealedVersion() {
    // Given
    try (DraftWorld world = new DraftWorld("c-sealed")) {
      String sealed = world.seal(world.draft(Map.of("a.txt", "A")));

      // When
      Response merged = as("ada").post(sealed + "/merge", Map.of("from", "v1"));
      Response restored = as("ada").post(sealed + "/restore", Map.of("from", "v1", "prefix", ""));

      // Then
      merged.then().statusCode(409).body("code", equalTo("version-sealed"));
      restored.then().statusCode(409).body("code", equalTo("version-sealed"));
    }
  }

  /** v1, and two that began with it: v2 changed a.txt and has ours.txt, v3 did what is said. */
  private static String threeVersions(DraftWorld world, String... theirs) {
    world.seal(world.draft(Map.of("a.txt", "A", "b.txt", "B", "c.txt", "C")));
    String ours = world.heir("v1");
    edit(ours, put("a.txt", "B"), put("ours.txt", "A")).then().statusCode(200);
    world.seal(ours);
    String other = world.heir("v1");
    edit(other, theirs).then().statusCode(200);
    world.seal(other);
    return "v3";
  }

  private static String sha256(String text) {
    return Facts.sha256(text.getBytes(UTF_8));
  }
}
