package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.sluice.events.DatasetEvent.VersionPurged;
import dev.sluice.events.DatasetEvent.VersionWithdrawn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class RetentionTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void saysWhatItWouldDoAndDoesNothing() {
    try (DraftWorld world = aLine("rt-plan")) {
      JsonPath plan = as("ada").get(retention(world) + "/plan?keepLast=1").jsonPath();

      assertThat(plan.getList("versions.version")).containsExactly("v3", "v2", "v1");
      assertThat(plan.getList("versions.step")).containsExactly("keep", "withdraw", "keep");
      assertThat(plan.getList("versions.why"))
          .containsExactly("the newest", "not among the newest 1", "named alias prod");
      as("ada").get(world.version("v2")).then().body("state", equalTo("sealed"));
      as("ada").get(retention(world)).then().statusCode(404);
      as("ada").get(retention(world) + "/plan").then().statusCode(404);
    }
  }

  @Test
  void givesUpWhatNoRuleKeeps() {
    try (DraftWorld world = aLine("rt-purge");
        Facts facts = new Facts()) {
      // When
      as("ada").put(retention(world), Map.of("keepLast", 1)).then().statusCode(200);
      waitForState(world.version("v2"), "purged");

      // Then
      as("ada")
          .get(world.version("v2"))
          .then()
          .body("digest", notNullValue())
          .body("since.by", equalTo("retention"));
      for (String what : new String[] {"/files", "/manifest", "/files/b", "/statistics"}) {
        as("ada")
            .get(world.version("v2") + what)
            .then()
            .statusCode(410)
            .body("code", equalTo("version-purged"))
            .body("detail", containsString("purged by retention at"));
      }
      as("ada").post(world.versions(), Map.of("inheritedFrom", "v2")).then().statusCode(410);
      as("ada").get(world.version("v1") + "/files").then().statusCode(200);
      as("ada").get(world.version("v3") + "/files").then().statusCode(200);
      as("ada").get(world.version("v3") + "/history/c").then().statusCode(200);
      assertThat(facts.said(VersionWithdrawn.class, "rt-purge", 1)).hasSize(1);
      assertThat(facts.said(VersionPurged.class, "rt-purge", 1)).hasSize(1);
      assertThat(as("ada").get(world.project() + "/audit").jsonPath().getList("items.action"))
          .contains("retention.set", "version.withdrawn", "version.purged");
    }
  }

  @Test
  void keepsWhatADraftBeganWith() {
    try (DraftWorld world = aLine("rt-draft")) {
      world.heir("v2");

      as("ada").put(retention(world), Map.of("keepLast", 1)).then().statusCode(200);
      JsonPath plan = as("ada").get(retention(world) + "/plan").jsonPath();

      assertThat(plan.getList("versions.why")).contains("needed by draft wiki@v4");
      assertThat(plan.getList("versions.step")).containsOnly("keep");
    }
  }

  @Test
  void letsOnlyOwnersSetARule() {
    try (DraftWorld world = aLine("rt-roles")) {
      as("ada").member(world.project(), "ed", "editor");

      as("ed").put(retention(world), Map.of("keepLast", 1)).then().statusCode(403);
      as("ada").put(retention(world), Map.of("keepLast", 0)).then().statusCode(400);
      as("ada").put(retention(world), Map.of("keepReleased", true)).then().statusCode(400);
      as("ada").put(retention(world), Map.of("keepDays", 30)).then().statusCode(200);
      as("ada").delete(retention(world)).then().statusCode(204);
      as("ada").get(retention(world)).then().statusCode(404);
    }
  }

  /** v1, to which an alias points, v2 and v3, each begun with the one before. */
  private static DraftWorld aLine(String name) {
    DraftWorld world = new DraftWorld(name);
    world.seal(world.draft(Map.of("a", "1")));
    world.seal(world.upload(world.heir("v1"), Map.of("b", "2")));
    world.seal(world.upload(world.heir("v2"), Map.of("c", "3")));
    as("ada")
        .put(world.project() + "/datasets/wiki/aliases/prod", Map.of("version", "v1"))
        .then()
        .statusCode(200);
    return world;
  }

  private static String retention(DraftWorld world) {
    return world.project() + "/datasets/wiki/retention";
  }

  private static void waitForState(String version, String state) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> as("ada").get(version).then().body("state", equalTo(state)));
  }
}
