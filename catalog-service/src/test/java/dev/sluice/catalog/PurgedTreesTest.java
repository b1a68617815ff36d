package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.support.storage.ObjectStore;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What purged versions alone reach is collected; what they share with others stays. */
@QuarkusTest
@CatalogServers
class PurgedTreesTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Enough for several leaves. */
  private static final int MANY = 2_000;

  private final ObjectStore store;
  private final AgroalDataSource database;
  private Facts facts = new Facts();

  PurgedTreesTest(ObjectStore store, AgroalDataSource database) {
    this.store = store;
    this.database = database;
  }

  @BeforeEach
  void listen() {
    facts.close();
    facts = new Facts();
  }

  @AfterEach
  void hangUp() {
    facts.close();
  }

  @Test
  void collectsTheNodesOfAPurgedVersionAndKeepsThoseThatOthersShare() {
    // Given
    GarbageWorld world = aVersionOfManyFilesAndItsHeir("p-version");
    heir(world, "v2");
    DraftWorld.edit(world.version(3), DraftWorld.remove("g.txt"), DraftWorld.put("h.txt", "kept"))
        .then()
        .statusCode(200);
    seal(world.version(3), MANY + 2);
    String wiki = world.project() + "/datasets/wiki";
    as("ada").put(wiki + "/aliases/prod", Map.of("version", "v1")).then().statusCode(200);
    byte[] first = manifest(world.version(1));
    byte[] third = manifest(world.version(3));

    // When
    as("ada").put(wiki + "/retention", Map.of("keepLast", 1)).then().statusCode(200);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> as("ada").get(world.version(2)).then().body("state", equalTo("purged")));
    collect(world);

    // Then
    assertThat(nodes(world, rootOf(world.version(2)))).isZero();
    assertThat(nodes(world, rootOf(world.version(1)))).isOne();
    assertThat(nodes(world, rootOf(world.version(3)))).isOne();
    assertThat(manifest(world.version(1))).isEqualTo(first);
    assertThat(manifest(world.version(3))).isEqualTo(third);
    assertThat(world.inStore("dataset/wiki/v2/g.txt")).isFalse();
    assertThat(world.inStore("dataset/wiki/v1/a.txt")).isTrue();
    world.nothingIsLeft();
  }

  @Test
  void collectsTheNodesOfAPurgedDatasetAndKeepsThoseThatAClonesVersionShares() {
    // Given
    GarbageWorld world = aVersionOfManyFilesAndItsHeir("p-dataset");
    UUID purged = rootOf(world.version(2));
    as("ada").post(world.version(1) + "/clone", Map.of("name", "copy"));
    String copy = world.project() + "/datasets/copy/versions/v1";
    byte[] before = manifest(copy);
    long nodes = world.rows("manifest_node", "true");

    // When
    as("ada").delete(world.project() + "/datasets/wiki").then().statusCode(204);
    as("ada").delete(world.project() + "/trash/" + world.id()).then().statusCode(204);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("ada")
                    .get(world.project() + "/audit?action=dataset.purged")
                    .then()
                    .body("items.dataset", contains("wiki")));
    collect(world);

    // Then
    assertThat(nodes(world, purged)).isZero();
    assertThat(nodes(world, rootOf(copy))).isOne();
    assertThat(world.rows("manifest_node", "true")).isPositive().isLessThan(nodes);
    assertThat(manifest(copy)).isEqualTo(before);
    assertThat(world.inStore("dataset/wiki/v2/g.txt")).isFalse();
    assertThat(world.inStore("dataset/wiki/v1/a.txt")).isTrue();
    world.nothingIsLeft();
  }

  /** Version v1 has many files with the bytes of a.txt; v2 has g.txt too. */
  private GarbageWorld aVersionOfManyFilesAndItsHeir(String name) {
    GarbageWorld world = new GarbageWorld(name, store, database, facts);
    String draft = as("ada").draft(world.project(), "wiki");
    world.bring(draft, Facts.completed(name, world.id(), "a.txt", "kept"), "kept", 1);
    DraftWorld.edit(
            draft,
            IntStream.range(0, MANY)
                .mapToObj(i -> DraftWorld.put("f/%05d.txt".formatted(i), "kept"))
                .toArray(String[]::new))
        .then()
        .statusCode(200);
    seal(draft, MANY + 1);
    heir(world, "v1");
    world.bring(
        world.version(2),
        Facts.completed(name, world.id(), "v2", "g.txt", "purged"),
        "purged",
        MANY + 2);
    seal(world.version(2), MANY + 2);
    return world;
  }

  private static void heir(GarbageWorld world, String parent) {
    as("ada")
        .post(world.project() + "/datasets/wiki/versions", Map.of("inheritedFrom", parent))
        .then()
        .statusCode(201);
  }

  private static void seal(String draft, int files) {
    as("ada").post(draft + "/seal", Map.of("expectedFiles", files)).then().statusCode(200);
  }

  /** Twice, a grace period apart: objects go in two steps. */
  private static void collect(GarbageWorld world) {
    world.daysPass();
    assertThat(world.collect(false).getString("state")).isEqualTo("done");
    world.daysPass();
    assertThat(world.collect(false).getString("state")).isEqualTo("done");
  }

  private static byte[] manifest(String version) {
    return as("ada").get(version + "/manifest").then().statusCode(200).extract().asByteArray();
  }

  /** A node's key is the first half of its digest. */
  private static UUID rootOf(String version) {
    String hex = as("ada").get(version).<String>path("digest").replace("sha256:", "");
    return UUID.fromString(
        hex.substring(0, 32).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  private static long nodes(GarbageWorld world, UUID id) {
    return world.rows("manifest_node", "id = cast('" + id + "' as uuid)");
  }
}
