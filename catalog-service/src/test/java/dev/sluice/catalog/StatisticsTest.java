package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.DraftWorld.edit;
import static dev.sluice.catalog.DraftWorld.put;
import static dev.sluice.catalog.DraftWorld.remove;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures of versions, and histories of paths. */
@QuarkusTest
@CatalogServers
class StatisticsTest {

  @Test
  void countsFilesBytesTypesAndDuplicates() {
    // Given
    try (DraftWorld world = new DraftWorld("t-few")) {
      String draft = world.draft(Map.of("a.txt", "AAA", "b.txt", "B"));
      edit(draft, put("again.txt", "AAA"), put("more.txt", "AAA")).then().statusCode(200);

      // When
      Response statistics = as("ada").get(draft + "/statistics");

      // Then
      statistics
          .then()
          .statusCode(200)
          .body("files", equalTo(4))
          .body("bytes", equalTo(10))
          .body("rows", nullValue())
          .body("mediaTypes.mediaType", contains("text/plain"))
          .body("mediaTypes[0].files", equalTo(4))
          .body("duplicates.files", equalTo(2))
          .body("duplicates.exact", equalTo(true));
    }
  }

  @Test
  void estimatesDuplicatesOfManyFiles() {
    // Given
    try (DraftWorld world = new DraftWorld("t-many")) {
      Map<String, String> texts =
          IntStream.range(0, 300)
              .boxed()
              .collect(Collectors.toMap(i -> "one/" + i, i -> "text " + i));
      String draft = world.draft(texts);
      String[] copies =
          IntStream.range(0, 6_000)
              .mapToObj(i -> put("copy/" + i, "text " + i % 300))
              .toArray(String[]::new);
      edit(draft, copies).then().statusCode(200);

      // When
      Response statistics = as("ada").get(draft + "/statistics");

      // Then
      statistics.then().body("files", equalTo(6_300)).body("duplicates.exact", equalTo(false));
      double share = ((Number) statistics.path("duplicates.share")).doubleValue();
      assertThat(share, closeTo(0.95, 0.06));
    }
  }

  @Test
  void tellsWhatVersionsDidToAPath() {
    // Given
    try (DraftWorld world = new DraftWorld("t-history")) {
      world.seal(world.draft(Map.of("a.txt", "A", "b.txt", "B")));
      String second = world.heir("v1");
      edit(second, put("a.txt", "B")).then().statusCode(200);
      world.seal(second);
      String third = world.heir("v2");
      edit(third, remove("b.txt")).then().statusCode(200);
      world.seal(third);
      String fourth = world.heir("v3");
      edit(fourth, remove("a.txt")).then().statusCode(200);

      // When
      Response history = as("ada").get(fourth + "/history/a.txt");
      Response unknown = as("ada").get(fourth + "/history/never.txt");

      // Then
      history
          .then()
          .statusCode(200)
          .body("steps.version", contains("v4", "v2", "v1"))
          .body("steps.change", contains("removed", "changed", "added"))
          .body("steps[0].sha256", nullValue())
          .body("steps[1].size", equalTo(1));
      unknown.then().statusCode(404).body("code", equalTo("file-not-found"));
    }
  }
}
