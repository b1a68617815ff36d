package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.PROJECTS;
import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.DatasetEvent.MemberRemoved;
import dev.sluice.events.DatasetEvent.ProjectCreated;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class ProjectsTest {
  private final ObjectStore store;

  ProjectsTest(ObjectStore store) {
    this.store = store;
  }

  @Test
  void makesAProjectWithItsBucketAndItsFirstOwner() {
    // When
    Response made = as("ada").post(PROJECTS, Map.of("name", "fresh", "displayName", "Fresh"));

    // Then
    made.then()
        .statusCode(201)
        .body("name", equalTo("fresh"))
        .body("displayName", equalTo("Fresh"))
        .body("createdBy", equalTo("ada"))
        .body("bucket", endsWith("-fresh"));
    as("ada").get(PROJECTS + "/fresh/members/ada").then().body("role", equalTo("owner"));
    String bucket = made.path("bucket");
    assertThat(Await.await(() -> store.stat(bucket, "nothing"))).isEmpty();
    try (Facts facts = new Facts()) {
      assertThat(facts.said(ProjectCreated.class, "fresh", 1)).hasSize(1);
      assertThat(facts.said(MemberAdded.class, "fresh", 1).getFirst().value())
          .contains("\"user\":\"ada\"", "\"role\":\"owner\"");
    }
  }

  @Test
  void refusesATakenNameAndABadName() {
    // Given
    as("ada").project("taken");

    // When
    Response again = as("bob").post(PROJECTS, Map.of("name", "taken"));
    Response bad = as("bob").post(PROJECTS, Map.of("name", "Not A Label"));

    // Then
    again.then().statusCode(409).body("code", equalTo("project-name-taken"));
    bad.then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].field", equalTo("name"))
        .body("errors[0].value", equalTo("Not A Label"))
        .body("errors[0].allowed", notNullValue());
  }

  @Test
  void answersTheSameToTheSameIdempotencyKey() {
    // Given
    Map<String, String> body = Map.of("name", "once");
    Response first = as("ada").request().header("Idempotency-Key", "k1").body(body).post(PROJECTS);

    // When
    Response second = as("ada").request().header("Idempotency-Key", "k1").body(body).post(PROJECTS);
    Response other =
        as("ada")
            .request()
            .header("Idempotency-Key", "k1")
            .body(Map.of("name", "twice"))
            .post(PROJECTS);

    // Then
    first.then().statusCode(201);
    second.then().statusCode(201);
    assertThat(second.asString()).isEqualTo(first.asString());
    other.then().statusCode(422).body("code", equalTo("idempotency-key-reused"));
  }

  @Test
  void listsOnlyTheCallersProjectsPageByPage() {
    // Given
    as("pagina").project("page-a");
    as("pagina").project("page-b");
    as("pagina").project("page-c");
    as("ada").project("page-other");

    // When
    Response first = as("pagina").get(PROJECTS + "?limit=2");
    String cursor = first.path("nextCursor");
    Response last = as("pagina").get(PROJECTS + "?limit=2&cursor=" + cursor);
    Response bad = as("pagina").get(PROJECTS + "?limit=0");

    // Then
    first.then().statusCode(200).body("items.name", contains("page-a", "page-b"));
    last.then().body("items.name", contains("page-c")).body("nextCursor", equalTo(null));
    bad.then().statusCode(400).body("errors[0].field", equalTo("limit"));
  }

  @Test
  void keepsTheLastOwner() {
    // Given
    String project = as("ada").project("owners");

    // When
    Response lowered = as("ada").put(project + "/members/ada", Map.of("role", "viewer"));
    Response removed = as("ada").delete(project + "/members/ada");

    // Then
    lowered.then().statusCode(409).body("code", equalTo("last-owner"));
    removed.then().statusCode(409).body("code", equalTo("last-owner"));
  }

  @Test
  void invitesChangesAndRemovesMembers() {
    // Given
    String project = as("ada").project("team");

    // When
    as("ada").member(project, "bob", "viewer");
    as("ada").member(project, "bob", "editor");
    as("ada").delete(project + "/members/bob").then().statusCode(204);

    // Then
    as("ada").get(project + "/members/bob").then().statusCode(404);
    as("ada").get(project + "/members").then().body("items.user", contains("ada"));
    as("ada")
        .put(project + "/members/bob", Map.of("role", "king"))
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("role"))
        .body("errors[0].value", equalTo("king"));
    try (Facts facts = new Facts()) {
      assertThat(facts.said(MemberAdded.class, "team", 3)).hasSize(3);
      assertThat(facts.said(MemberRemoved.class, "team", 1)).hasSize(1);
    }
  }

  @Test
  void letsServicesLookUpRoles() {
    // Given
    String project = as("ada").project("looked-up");

    // When
    Response known = asService().get(project + "/members/ada");
    Response stranger = asService().get(project + "/members/mallory");
    Response all = asService().get(PROJECTS + "?limit=1000");

    // Then
    known.then().statusCode(200).body("role", equalTo("owner"));
    stranger.then().statusCode(404).body("code", equalTo("member-not-found"));
    all.then().body("items.name", hasItem("looked-up"));
  }

  @Test
  void answersProblemsToUnauthenticatedCallers() {
    // When
    Response nobody = given().get(PROJECTS);
    Response forged = given().auth().oauth2("forged").get(PROJECTS);

    // Then
    nobody.then().statusCode(401).body("code", equalTo("unauthenticated"));
    forged.then().statusCode(401);
  }
}
