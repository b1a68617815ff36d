package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.events.DatasetEvent.AliasMoved;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class AliasesTest {

  /** A dataset with so many sealed versions; its path. */
  static String sealed(String name, int versions) {
    String project = as("ada").project(name);
    String id = as("ada").dataset(project, "wiki");
    try (Facts facts = new Facts()) {
      for (int i = 1; i <= versions; i++) {
        String draft = as("ada").draft(project, "wiki");
        facts.say(Facts.completed(name, id, "v" + i, "a.txt", "text " + i));
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> as("ada").get(draft).then().body("files", equalTo(1)));
        as("ada").post(draft + "/seal", Map.of("expectedFiles", 1)).then().statusCode(200);
      }
    }
    return project + "/datasets/wiki";
  }

  @Test
  void standsForItsVersionWhereverOneIsNamed() {
    // Given
    String dataset = sealed("al-use", 2);

    // When
    as("ada")
        .put(dataset + "/aliases/prod", Map.of("version", "v1", "reason", "checked"))
        .then()
        .statusCode(200)
        .body("version", equalTo("v1"));

    // Then
    as("ada").get(dataset + "/versions/prod").then().body("version", equalTo("v1"));
    as("ada").get(dataset + "/versions/prod/files").then().body("items.path", contains("a.txt"));
    as("ada").get(dataset + "/versions/prod/lineage").then().statusCode(200);
    as("ada").get(dataset + "/versions/none").then().statusCode(404);
    as("ada")
        .post(dataset + "/versions", Map.of("inheritedFrom", "prod"))
        .then()
        .statusCode(201)
        .body("inheritedFrom", equalTo("v1"));
    as("ada").get(dataset + "/aliases").then().body("items.name", contains("latest", "prod"));
    as("ada").get(dataset + "/aliases/latest").then().body("version", equalTo("v2"));
  }

  @Test
  void movesAnAliasOnlyFromWhereTheCallerExpectsIt() {
    // Given
    String dataset = sealed("al-move", 3);
    String prod = dataset + "/aliases/prod";
    String tag = as("ada").put(prod, Map.of("version", "v1")).header("ETag");

    // When
    Response blind = as("ada").put(prod, Map.of("version", "v2"));
    Response wrong = as("ada").put(prod, Map.of("version", "v2", "expected", "v3"));
    Response moved =
        as("ada").put(prod, Map.of("version", "v2", "expected", "v1", "reason", "better recall"));
    Response late =
        as("ada").request().header("If-Match", tag).body(Map.of("version", "v3")).put(prod);

    // Then
    blind.then().statusCode(428).body("errors[0].allowed", equalTo("v1"));
    wrong.then().statusCode(412);
    moved.then().statusCode(200).body("version", equalTo("v2"));
    late.then().statusCode(412);
    as("ada")
        .get(prod + "/history")
        .then()
        .body("items.to", contains("v2", "v1"))
        .body("items[0].from", equalTo("v1"))
        .body("items[0].reason", equalTo("better recall"));
    try (Facts facts = new Facts()) {
      assertThat(facts.said(AliasMoved.class, "al-move", 2).getLast().value())
          .contains("\"from\":\"v1\"", "\"to\":\"v2\"", "\"kind\":\"alias\"");
    }
  }

  @Test
  void letsOneOfManyMoversWin() throws InterruptedException, ExecutionException {
    // Given
    String dataset = sealed("al-race", 2);
    String prod = dataset + "/aliases/prod";
    as("ada").put(prod, Map.of("version", "v1")).then().statusCode(200);

    // When
    List<Integer> statuses;
    try (ExecutorService movers = Executors.newFixedThreadPool(8)) {
      Callable<Integer> move =
          () ->
              as("ada")
                  .request()
                  .header("If-Match", "\"1\"")
                  .body(Map.of("version", "v2"))
                  .put(prod)
                  .statusCode();
      List<Future<Integer>> moves =
          movers.invokeAll(IntStream.range(0, 8).mapToObj(i -> move).toList());
      statuses = new ArrayList<>();
      for (Future<Integer> each : moves) {
        statuses.add(each.get());
      }
    }

    // Then
    assertThat(statuses).containsOnly(200, 412);
    assertThat(statuses.stream().filter(s -> s == 200)).hasSize(1);
    as("ada").get(prod + "/history").then().body("items.size()", equalTo(2));
  }

  @Test
  void movesATagOnlyOnPurpose() {
    // Given
    String dataset = sealed("al-tag", 2);
    String tag = dataset + "/tags/paper-2026";
    as("ada").put(tag, Map.of("version", "v1")).then().statusCode(200);

    // When
    Response again = as("ada").put(tag, Map.of("version", "v1"));
    Response silently = as("ada").put(tag, Map.of("version", "v2"));
    Response asAlias = as("ada").put(dataset + "/aliases/paper-2026", Map.of("version", "v2"));
    Response onPurpose = as("ada").put(tag, Map.of("version", "v2", "move", true));

    // Then
    again.then().statusCode(200).body("revision", equalTo(1));
    silently.then().statusCode(409).body("code", equalTo("tag-set"));
    asAlias.then().statusCode(409).body("code", equalTo("alias-name-taken"));
    onPurpose.then().statusCode(200).body("version", equalTo("v2"));
  }

  @Test
  void refusesNamesAndVersionsThatCannotBe() {
    // Given
    String dataset = sealed("al-wrong", 1);
    String draft = as("ada").draft(dataset.replace("/datasets/wiki", ""), "wiki");

    // When
    Response latest = as("ada").put(dataset + "/aliases/latest", Map.of("version", "v1"));
    Response number = as("ada").put(dataset + "/aliases/v7", Map.of("version", "v1"));
    Response ofDraft =
        as("ada")
            .put(
                dataset + "/aliases/next",
                Map.of("version", draft.substring(draft.lastIndexOf('/') + 1)));
    Response missing = as("ada").put(dataset + "/aliases/next", Map.of("version", "v9"));

    // Then
    latest.then().statusCode(400).body("errors[0].field", equalTo("name"));
    number.then().statusCode(400).body("errors[0].field", equalTo("name"));
    ofDraft.then().statusCode(409).body("code", equalTo("version-not-sealed"));
    missing.then().statusCode(404);
  }

  @Test
  void withdrawsWhatAnAliasPointsAtOnlyByForce() {
    // Given
    String dataset = sealed("al-withdraw", 2);
    as("ada").put(dataset + "/aliases/prod", Map.of("version", "v2")).then().statusCode(200);

    // When
    Response refused = as("ada").post(dataset + "/versions/v2/withdraw", Map.of());
    Response forced =
        as("ada")
            .post(dataset + "/versions/v2/withdraw", Map.of("force", true, "reason", "a leak"));

    // Then
    refused
        .then()
        .statusCode(409)
        .body("code", equalTo("version-in-use"))
        .body("errors[0].value", equalTo("prod"));
    forced
        .then()
        .statusCode(200)
        .body("state", equalTo("withdrawn"))
        .body("since.reason", equalTo("a leak"));
    as("ada").get(dataset + "/aliases/latest").then().body("version", equalTo("v1"));
    as("ada").get(dataset + "/versions/prod").then().body("state", equalTo("withdrawn"));
  }
}
