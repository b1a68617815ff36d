package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@CatalogServers
class DatasetListsTest {

  private static void make(String project, String name, Map<String, Object> more) {
    Map<String, Object> body = new java.util.HashMap<>(more);
    body.put("name", name);
    body.putIfAbsent("dataType", "text");
    as("ada").post(project + "/datasets", body).then().statusCode(201);
  }

  @Test
  void findsWordsInEveryTextOfADataset() {
    // Given
    String project = as("ada").project("dl-words");
    make(project, "first-words", Map.of());
    make(project, "second", Map.of("displayName", "Überraschung im Wald"));
    make(project, "third", Map.of("description", "Recordings of singing whales"));
    make(project, "fourth", Map.of("tags", List.of("Marine Biology")));
    make(project, "fifth", Map.of());
    String card = project + "/datasets/fifth/card";
    as("ada")
        .request()
        .contentType("text/markdown")
        .header("If-Match", "\"0\"")
        .body("# Fifth\nCollected by *volunteers*.")
        .put(card)
        .then()
        .statusCode(200);
    String list = project + "/datasets?q=";

    // When, Then
    as("ada").get(list + "words").then().body("items.name", contains("first-words"));
    as("ada").get(list + "%C3%BCberraschung").then().body("items.name", contains("second"));
    as("ada").get(list + "whale+recording").then().body("items.name", contains("third"));
    as("ada").get(list + "marine").then().body("items.name", contains("fourth"));
    as("ada").get(list + "volunteer").then().body("items.name", contains("fifth"));
    as("ada").get(list + "submarine").then().body("items.name", empty());
    as("ada").get(list + "%22singing+whales%22").then().body("items.name", contains("third"));
    as("ada")
        .get(list + "whales+or+volunteers")
        .then()
        .body("items.name", containsInAnyOrder("third", "fifth"));
  }

  @Test
  void filtersByTagsCreatorAndLicence() {
    // Given
    String project = as("ada").project("dl-filter");
    as("ada").member(project, "bob", "editor");
    make(project, "one", Map.of("tags", List.of("a", "b"), "licence", "CC-BY-4.0"));
    make(project, "two", Map.of("tags", List.of("b"), "licence", "Apache-2.0"));
    as("bob").dataset(project, "three");
    String list = project + "/datasets";

    // When, Then
    as("ada").get(list + "?tag=b").then().body("items.name", contains("one", "two"));
    as("ada").get(list + "?tag=b&tag=a").then().body("items.name", contains("one"));
    as("ada").get(list + "?creator=bob").then().body("items.name", contains("three"));
    as("ada").get(list + "?licence=Apache-2.0").then().body("items.name", contains("two"));
  }

  @ParameterizedTest
  @CsvSource({
    "name, alpha beta gamma",
    "-name, gamma beta alpha",
    "created, beta gamma alpha",
    "-created, alpha gamma beta",
    "changed, gamma alpha beta",
    "displayName, gamma alpha beta",
    "-displayName, beta alpha gamma"
  })
  void sortsAndPagesInEveryOrder(String sort, String expected) {
    // Given
    String project =
        as("ada").project("dl-sort-" + sort.replace("-", "x").toLowerCase(java.util.Locale.ROOT));
    make(project, "beta", Map.of("displayName", "zebra"));
    make(project, "gamma", Map.of("displayName", "Ant"));
    make(project, "alpha", Map.of("displayName", "bee"));
    as("ada")
        .request()
        .header("If-Match", "*")
        .body(Map.of("description", "newest words"))
        .patch(project + "/datasets/beta")
        .then()
        .statusCode(200);
    String list = project + "/datasets?limit=1&sort=" + sort;

    // When
    List<String> names = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Response page = as("ada").get(list + "&cursor=" + cursor);
      names.addAll(page.then().statusCode(200).extract().path("items.name"));
      cursor = page.path("nextCursor");
    }

    // Then
    assertThat(names).containsExactly(expected.split(" "));
  }

  @Test
  void refusesTheCursorOfAnotherList() {
    // Given
    String project = as("ada").project("dl-cursor");
    make(project, "one", Map.of());
    make(project, "two", Map.of());
    String list = project + "/datasets?limit=1";
    String cursor = as("ada").get(list + "&sort=created").path("nextCursor");

    // When
    Response otherSort = as("ada").get(list + "&sort=-created&cursor=" + cursor);
    Response otherFilter = as("ada").get(list + "&sort=created&dataType=text&cursor=" + cursor);
    Response same = as("ada").get(list + "&sort=created&cursor=" + cursor);
    Response noOrder = as("ada").get(list + "&sort=size");

    // Then
    otherSort.then().statusCode(400).body("errors[0].field", equalTo("cursor"));
    otherFilter.then().statusCode(400).body("errors[0].field", equalTo("cursor"));
    same.then().statusCode(200).body("items.name", contains("two"));
    noOrder.then().statusCode(400).body("errors[0].field", equalTo("sort"));
  }

  @Test
  void refusesALicenceThatIsNoIdentifier() {
    String project = as("ada").project("dl-licence");
    as("ada")
        .post(
            project + "/datasets",
            Map.of("name", "one", "dataType", "text", "licence", "do what you like"))
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("licence"));
  }

  @Test
  void writesACardOnlyOverTheOneTheCallerRead() {
    // Given
    String project = as("ada").project("dl-card");
    as("ada").dataset(project, "wiki");
    String card = project + "/datasets/wiki/card";
    String tag = as("ada").get(card).then().statusCode(200).extract().header("ETag");

    // When
    Response untagged = as("ada").request().contentType("text/markdown").body("#").put(card);
    Response written =
        as("ada")
            .request()
            .contentType("text/markdown; charset=utf-8")
            .header("If-Match", tag)
            .body("# Größe")
            .put(card);
    Response late =
        as("ada")
            .request()
            .contentType("text/markdown")
            .header("If-Match", tag)
            .body("# Lost")
            .put(card);
    Response large =
        as("ada")
            .request()
            .contentType("text/markdown")
            .header("If-Match", "*")
            .body("x".repeat((256 << 10) + 1))
            .put(card);

    // Then
    untagged.then().statusCode(428);
    written.then().statusCode(200);
    late.then().statusCode(412);
    large.then().statusCode(413).body("code", equalTo("card-too-large"));
    Response read = as("ada").get(card);
    assertThat(read.asString()).isEqualTo("# Größe");
    assertThat(read.header("ETag")).isEqualTo(written.header("ETag")).isNotEqualTo(tag);
    assertThat(read.contentType()).startsWith("text/markdown");
  }
}
