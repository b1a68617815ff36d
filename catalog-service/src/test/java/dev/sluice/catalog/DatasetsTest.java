package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.sluice.events.DatasetEvent.DatasetCreated;
import dev.sluice.events.DatasetEvent.DatasetDeleted;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class DatasetsTest {

  @Test
  void makesADatasetWhoseCreatorIsTheCaller() {
    // Given
    String project = as("ada").project("ds-make");

    // When
    Response made =
        as("ada")
            .post(
                project + "/datasets",
                Map.of(
                    "name",
                    "wiki",
                    "dataType",
                    "text",
                    "displayName",
                    "Wikipedia",
                    "applicationScenario",
                    "question answering",
                    "tags",
                    List.of("b", "a")));

    // Then
    made.then()
        .statusCode(201)
        .body("id", notNullValue())
        .body("creator", equalTo("ada"))
        .body("dataType", equalTo("text"))
        .body("displayName", equalTo("Wikipedia"))
        .body("tags", contains("a", "b"));
    as("ada")
        .post(project + "/datasets", Map.of("name", "wiki", "dataType", "text"))
        .then()
        .statusCode(409)
        .body("code", equalTo("dataset-name-taken"));
    try (Facts facts = new Facts()) {
      assertThat(facts.said(DatasetCreated.class, "ds-make", 1)).hasSize(1);
    }
  }

  @Test
  void namesTheFieldThatIsWrong() {
    // Given
    String project = as("ada").project("ds-wrong");

    // When
    Response type =
        as("ada").post(project + "/datasets", Map.of("name", "wiki", "dataType", "smell"));
    Response unknown =
        as("ada")
            .post(project + "/datasets", Map.of("name", "wiki", "dataType", "text", "colour", "x"));
    Response noJson = as("ada").post(project + "/datasets", "{");

    // Then
    type.then()
        .statusCode(400)
        .body("errors[0].field", equalTo("dataType"))
        .body("errors[0].value", equalTo("smell"))
        .body("errors[0].allowed", containsString("image"));
    unknown.then().statusCode(400).body("errors[0].field", equalTo("colour"));
    noJson.then().statusCode(400).contentType("application/problem+json");
  }

  @Test
  void changesTheDescriptionOnlyOnTheRevisionTheCallerRead() {
    // Given
    String project = as("ada").project("ds-change");
    as("ada").dataset(project, "wiki");
    String dataset = project + "/datasets/wiki";
    String tag = as("ada").get(dataset).header("ETag");
    Map<String, String> change = Map.of("displayName", "Changed");

    // When
    Response untagged = as("ada").request().body(change).patch(dataset);
    Response changed = as("ada").request().header("If-Match", tag).body(change).patch(dataset);
    Response late = as("ada").request().header("If-Match", tag).body(change).patch(dataset);
    Response renamed =
        as("ada").request().header("If-Match", "*").body(Map.of("name", "new")).patch(dataset);

    // Then
    untagged.then().statusCode(428).body("code", equalTo("if-match-required"));
    changed.then().statusCode(200).body("displayName", equalTo("Changed"));
    assertThat(changed.header("ETag")).isNotEqualTo(tag);
    late.then().statusCode(412).body("errors[0].field", equalTo("If-Match"));
    renamed.then().statusCode(400).body("errors[0].field", equalTo("name"));
  }

  @Test
  void filtersByScenarioTypeAndText() {
    // Given
    String project = as("ada").project("ds-filter");
    as("ada")
        .post(
            project + "/datasets",
            Map.of("name", "aaa", "dataType", "text", "applicationScenario", "search"))
        .then()
        .statusCode(201);
    as("ada")
        .post(
            project + "/datasets",
            Map.of("name", "bbb", "dataType", "image", "description", "Holiday PICTURES"))
        .then()
        .statusCode(201);
    String list = project + "/datasets";

    // When
    Response scenario = as("ada").get(list + "?scenario=search");
    Response type = as("ada").get(list + "?dataType=image");
    Response text = as("ada").get(list + "?q=pictures");
    Response first = as("ada").get(list + "?limit=1");
    Response second = as("ada").get(list + "?limit=1&cursor=" + first.path("nextCursor"));

    // Then
    scenario.then().body("items.name", contains("aaa"));
    type.then().body("items.name", contains("bbb"));
    text.then().body("items.name", contains("bbb"));
    first.then().body("items.name", contains("aaa"));
    second.then().body("items.name", contains("bbb")).body("nextCursor", equalTo(null));
  }

  @Test
  void freesTheNameOfATrashedDatasetButNeverItsNumbers() {
    // Given
    String project = as("ada").project("ds-trash");
    String first = as("ada").dataset(project, "wiki");
    as("ada").draft(project, "wiki");

    // When
    as("ada").delete(project + "/datasets/wiki").then().statusCode(204);

    // Then
    as("ada").get(project + "/datasets/wiki").then().statusCode(404);
    as("ada").get(project + "/datasets").then().body("items.size()", equalTo(0));
    assertThat(as("ada").dataset(project, "wiki")).isNotEqualTo(first);
    assertThat(as("ada").draft(project, "wiki")).endsWith("/v2");
    try (Facts facts = new Facts()) {
      assertThat(facts.said(DatasetDeleted.class, "ds-trash", 1)).hasSize(1);
    }
  }
}
