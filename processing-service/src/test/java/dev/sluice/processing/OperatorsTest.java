package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import dev.sluice.processing.manifest.Manifests;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class OperatorsTest {

  @Test
  void anyUserReadsTheCatalogue() {
    given()
        .header("Authorization", bearer("stranger"))
        .get("/api/v1/operators")
        .then()
        .statusCode(200)
        .body("items.name", hasItems("text_length", "exact_duplicates", "image_resize"))
        .body("items.title", everyItem(not(emptyOrNullString())))
        .body("items.parameters.type", everyItem(equalTo("object")))
        .body("nextCursor", equalTo(null));
  }

  @Test
  void oneOperatorIsShownByItsName() {
    given()
        .header("Authorization", bearer("ada"))
        .get("/api/v1/operators/text_length")
        .then()
        .statusCode(200)
        .body("group", equalTo("filtration"))
        .body("parameters.properties.minimum.type", equalTo("integer"));
  }

  @Test
  void anUnknownOperatorIsNotFound() {
    given()
        .header("Authorization", bearer("ada"))
        .get("/api/v1/operators/nothing")
        .then()
        .statusCode(404)
        .body("code", equalTo("operator-not-found"));
  }

  @Test
  void anonymousCallersAreKeptOut() {
    given().get("/api/v1/operators").then().statusCode(401);
  }

  @Test
  void aManifestIsHeldToTheCatalogue() {
    given()
        .header("Authorization", bearer("ada"))
        .contentType("text/yaml")
        .body(
            Manifests.with(
                Manifests.runnable("demo").replace("  entrypoint: python -m sluice.runner\n", ""),
                "operators: [{name: text_length, parameters: {minimum: -1}}]"))
        .post("/api/v1/runs")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("spec.operators[0].parameters.minimum"))
        .body("errors[0].value", equalTo("-1"))
        .body("errors[0].allowed", equalTo("a whole number of at least 0"));
  }
}
