package dev.sluice.support.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.DatasetEvent.MemberRemoved;
import dev.sluice.support.identity.MembershipCopy;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TestIdentityResource.class)
class HttpHabitsTest {
  private static final String PROBLEM = "application/problem+json";
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  private final Transactions transactions;
  private final MembershipCopy members;

  @Inject
  HttpHabitsTest(Transactions transactions, MembershipCopy members) {
    this.transactions = transactions;
    this.members = members;
  }

  @Test
  void asksForATokenByAProblem() {
    given()
        .get("/notes")
        .then()
        .statusCode(401)
        .contentType(PROBLEM)
        .header("WWW-Authenticate", "Bearer")
        .body("code", equalTo("unauthenticated"));
  }

  @Test
  void refusesATokenOfAnotherIssuer() {
    given()
        .header("Authorization", "Bearer " + TestTokens.of("ada") + "x")
        .get("/notes")
        .then()
        .statusCode(401)
        .contentType(PROBLEM);
  }

  @Test
  void namesFieldValueAndWhatIsAllowed() {
    ada()
        .get("/notes/refused")
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("type", equalTo("https://sluice.dev/problems/invalid-request"))
        .body("errors[0].field", equalTo("version"))
        .body("errors[0].value", equalTo("1.0"))
        .body("errors[0].allowed", equalTo("v and a number"))
        .body("instance", equalTo("/notes/refused"));
  }

  @Test
  void namesTheFieldOfAnInvalidBody() {
    ada()
        .contentType("application/json")
        .body("{\"text\":\" \",\"stars\":1}")
        .post("/notes")
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("errors.field", hasItem("note.text"));
    ada()
        .contentType("application/json")
        .body("{\"text\":\"a\",\"stars\":\"many\"}")
        .post("/notes")
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("errors[0].field", equalTo("stars"))
        .body("errors[0].value", equalTo("many"));
    ada()
        .contentType("application/json")
        .body("{")
        .post("/notes")
        .then()
        .statusCode(400)
        .contentType(PROBLEM);
  }

  @Test
  void tellsTheCallerToTryAgainWhenAPartIsAway() {
    ada()
        .get("/notes/away")
        .then()
        .statusCode(503)
        .contentType(PROBLEM)
        .header("Retry-After", "2")
        .body("code", equalTo("part-away"));
  }

  @Test
  void keepsInsideDetailsInside() {
    ada()
        .get("/notes/broken")
        .then()
        .statusCode(500)
        .contentType(PROBLEM)
        .body("detail", not(org.hamcrest.Matchers.containsString("secret")));
  }

  @Test
  void answersUnknownPathsByAProblem() {
    ada().get("/nowhere").then().statusCode(404).contentType(PROBLEM);
    ada().delete("/notes").then().statusCode(405).contentType(PROBLEM);
  }

  @Test
  void replaysTheAnswerOfARepeatedRequest() {
    String key = UUID.randomUUID().toString();
    int first = keep(key, "once").then().statusCode(200).extract().path("id");
    keep(key, "once").then().statusCode(200).body("id", equalTo(first));
    keep(key, "other")
        .then()
        .statusCode(422)
        .contentType(PROBLEM)
        .body("code", equalTo("idempotency-key-reused"));
    keep(UUID.randomUUID().toString(), "once").then().statusCode(200).body("id", not(first));
  }

  @Test
  void pagesByCursor() {
    String next =
        ada()
            .get("/notes?limit=2")
            .then()
            .statusCode(200)
            .body("items.size()", equalTo(2))
            .extract()
            .path("nextCursor");
    ada()
        .get("/notes?limit=2&cursor=" + next)
        .then()
        .statusCode(200)
        .body("items[0]", equalTo("c"))
        .body("nextCursor", nullValue());
    ada().get("/notes?limit=0").then().statusCode(400).body("errors[0].field", equalTo("limit"));
    ada()
        .get("/notes?cursor=%25")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("cursor"));
  }

  @Test
  void letsOnlyServicesIntoTheServiceDoor() {
    ada().get("/notes/services").then().statusCode(403).contentType(PROBLEM);
    given()
        .header("Authorization", "Bearer " + TestTokens.service("upload-service"))
        .get("/notes/services")
        .then()
        .statusCode(200);
  }

  @Test
  void followsTheRoleOfTheMembershipEvents() {
    add("viewer", EARLY);
    ada()
        .get("/notes/project?project=wiki")
        .then()
        .statusCode(403)
        .body("code", equalTo("role-too-low"));
    add("owner", EARLY.plusSeconds(2));
    ada().get("/notes/project?project=wiki").then().statusCode(200);
    add("viewer", EARLY.plusSeconds(1));
    ada().get("/notes/project?project=wiki").then().statusCode(200);
    remove(EARLY.plusSeconds(3));
    ada()
        .get("/notes/project?project=wiki")
        .then()
        .statusCode(404)
        .body("code", equalTo("project-not-found"));
  }

  private void add(String role, Instant at) {
    Await.await(
        () -> transactions.in(s -> members.apply(s, new MemberAdded("wiki", "ada", role, at))));
  }

  private void remove(Instant at) {
    Await.await(() -> transactions.in(s -> members.apply(s, new MemberRemoved("wiki", "ada", at))));
  }

  private static io.restassured.response.Response keep(String key, String text) {
    return ada()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body("{\"text\":\"" + text + "\",\"stars\":1}")
        .post("/notes");
  }

  private static RequestSpecification ada() {
    return given().header("Authorization", "Bearer " + TestTokens.of("ada"));
  }
}
