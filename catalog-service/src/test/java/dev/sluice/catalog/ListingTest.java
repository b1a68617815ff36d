package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.DraftWorld.edit;
import static dev.sluice.catalog.DraftWorld.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files by page number, folder, glob and media type. */
@QuarkusTest
@CatalogServers
class ListingTest {

  @Test
  void givesPagesByNumber() {
    // Given
    try (DraftWorld world = new DraftWorld("l-pages")) {
      String draft = filled(world);

      // When
      Response second = as("ada").get(draft + "/files?page=2&limit=3");
      Response last = as("ada").get(draft + "/files?page=3&limit=3");
      Response behind = as("ada").get(draft + "/files?page=9&limit=3");
      Response below = as("ada").get(draft + "/files?page=1&limit=3&prefix=img/");
      Response zero = as("ada").get(draft + "/files?page=0");

      // Then
      second.then().body("items.path", contains("img/b/2.png", "img/b/3.png", "img/c.txt"));
      second.then().body("total", equalTo(7));
      last.then().body("items.path", contains("z.txt")).body("nextCursor", nullValue());
      behind.then().body("items", empty());
      below.then().body("items.path", contains("img/a/1.png", "img/b/2.png", "img/b/3.png"));
      below.then().body("total", equalTo(4));
      zero.then().statusCode(400).body("errors[0].field", equalTo("page"));
    }
  }

  @Test
  void listsAFolderWithTheFilesBelowItsFolders() {
    // Given
    try (DraftWorld world = new DraftWorld("l-folder")) {
      String draft = world.seal(filled(world));

      // When
      Response top = as("ada").get(draft + "/files?folder=/");
      Response inner = as("ada").get(draft + "/files?folder=img");
      List<String> paged = new ArrayList<>();
      String cursor = "";
      while (cursor != null) {
        Response page = as("ada").get(draft + "/files?folder=/&limit=1&cursor=" + cursor);
        paged.addAll(page.<List<String>>path("items.path"));
        paged.addAll(page.<List<String>>path("folders.path"));
        cursor = page.path("nextCursor");
      }

      // Then
      top.then()
          .body("items.path", contains("a.txt", "b.txt", "z.txt"))
          .body("folders.path", contains("img/"))
          .body("folders.files", contains(4));
      inner
          .then()
          .body("items.path", contains("img/c.txt"))
          .body("folders.path", contains("img/a/", "img/b/"))
          .body("folders.files", contains(1, 2));
      assertThat(paged).containsExactly("a.txt", "b.txt", "img/", "z.txt");
    }
  }

  @Test
  void findsFilesByGlobAndMediaType() {
    // Given
    try (DraftWorld world = new DraftWorld("l-glob")) {
      String draft = filled(world);

      // When
      Response glob = as("ada").get(draft + "/files?glob=img/**/*.png&limit=2");
      Response rest =
          as("ada")
              .get(
                  draft
                      + "/files?glob=img/**/*.png&limit=2&cursor="
                      + glob.<String>path("nextCursor"));
      Response type = as("ada").get(draft + "/files?mediaType=text/*&glob=*.txt");
      Response none = as("ada").get(draft + "/files?mediaType=image/png");
      Response both = as("ada").get(draft + "/files?glob=*&folder=img");

      // Then
      glob.then().body("items.path", contains("img/a/1.png", "img/b/2.png"));
      rest.then().body("items.path", contains("img/b/3.png")).body("nextCursor", nullValue());
      type.then().body("items.path", contains("a.txt", "b.txt", "z.txt"));
      none.then().body("items", empty());
      both.then().statusCode(400);
    }
  }

  private static String filled(DraftWorld world) {
    String draft = world.draft(Map.of("a.txt", "A", "z.txt", "Z"));
    edit(
            draft,
            put("b.txt", "A"),
            put("img/a/1.png", "A"),
            put("img/b/2.png", "A"),
            put("img/b/3.png", "Z"),
            put("img/c.txt", "Z"))
        .then()
        .statusCode(200);
    return draft;
  }
}
