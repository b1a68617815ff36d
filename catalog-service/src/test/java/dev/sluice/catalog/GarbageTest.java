package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.sluice.catalog.file.TreeService;
import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.manifest.Change;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.manifest.TreeBuilder;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.TestTokens;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@CatalogServers
class GarbageTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ObjectStore store;
  private final AgroalDataSource database;
  private final TreeService trees;
  private static final String COLLECTIONS = "/garbage-collections";

  private Facts facts = new Facts();

  @TestHTTPResource("/")
  URI server = URI.create("http://not-started");

  GarbageTest(ObjectStore store, AgroalDataSource database, TreeService trees) {
    this.store = store;
    this.database = database;
    this.trees = trees;
  }

  @BeforeEach
  void listen() {
    facts.close();
    facts = new Facts();
  }

  @AfterEach
  void hangUp() {
    CrashPoint.arm("");
    facts.close();
  }

  @Test
  void throwsAwayWhatNoVersionReachesAndNothingElse() {
    // Given
    GarbageWorld world = aDroppedDraftBesideAVersion("g-all");
    world.daysPass();

    // When, Then: it only counts
    JsonPath dry = world.collect(true);
    assertThat(dry.getInt("findings.objects.doomed.count")).isEqualTo(1);
    assertThat(world.collect(true).getInt("findings.objects.doomed.count")).isEqualTo(1);

    // When, Then: nobody is told of it any more, but its bytes are there
    assertThat(world.collect(false).getInt("findings.objects.doomed.bytes")).isEqualTo(7);
    assertThat(world.held("dropped")).isEmpty();
    assertThat(world.held("kept")).hasSize(1);
    assertThat(world.inStore("dataset/wiki/v2/c.txt")).isTrue();

    // When, Then: a grace period later it goes
    world.daysPass();
    assertThat(world.collect(false).getInt("findings.objects.deleted.bytes")).isEqualTo(7);
    assertThat(world.inStore("dataset/wiki/v2/c.txt")).isFalse();
    assertThat(world.inStore("dataset/wiki/v1/a.txt")).isTrue();
    world.nothingIsLeft();
    as("ada").get(world.version(1) + "/manifest").then().statusCode(200);
  }

  @Test
  void goesOnWhenWhoAskedHangsUp() throws Exception {
    // Given
    GarbageWorld world = aDroppedDraftBesideAVersion("g-hangup");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    CrashPoint.arm(
        "catalog.garbage.begun",
        () -> {
          begun.countDown();
          waitFor(gone);
        });

    // When
    CompletableFuture<HttpResponse<Void>> asked =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(server.resolve(world.project() + COLLECTIONS))
                    .header("Authorization", "Bearer " + TestTokens.of("ada"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.noBody())
                    .build(),
                BodyHandlers.discarding());
    waitFor(begun);
    asked.cancel(true);
    as("ada").get(world.project()).then().statusCode(200);
    gone.countDown();

    // Then
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("ada")
                    .get(world.project() + COLLECTIONS)
                    .then()
                    .body("items.state", equalTo(List.of("done"))));
    assertThat(world.collect(true).getString("state")).isEqualTo("done");
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "catalog.garbage.afterMark",
        "catalog.garbage.afterNodes",
        "catalog.garbage.afterRemoved",
        "catalog.garbage.afterBytes",
        "catalog.garbage.afterDoom"
      })
  void goesOnWhereAKilledCollectionStopped(String point) {
    // Given
    GarbageWorld world =
        aDroppedDraftBesideAVersion("g-" + point.substring(16).toLowerCase(Locale.ROOT));
    world.daysPass();
    world.collect(false);
    world.daysPass();

    // When
    CrashPoint.arm(
        point,
        () -> {
          throw new IllegalStateException("killed");
        });
    assertThat(world.collect(false).getString("state")).isEqualTo("failed");
    CrashPoint.arm("");
    world.collect(false);
    world.daysPass();
    world.collect(false);

    // Then
    assertThat(world.inStore("dataset/wiki/v2/c.txt")).isFalse();
    assertThat(world.inStore("dataset/wiki/v1/a.txt")).isTrue();
    assertThat(world.inStore("dataset/wiki/v1/b.txt")).isTrue();
    world.nothingIsLeft();
    as("ada").get(world.version(1) + "/files").then().body("items", hasSize(2));
  }

  @Test
  void sparesAnObjectWhoseUploadIsToldLate() {
    // Given
    GarbageWorld world = aDroppedDraftBesideAVersion("g-late");
    world.daysPass();
    world.collect(false);
    String draft = as("ada").draft(world.project(), "wiki");

    // When
    facts.say(world.held(draft, "again.txt", "dropped", "dataset/wiki/v2/c.txt"));
    await().atMost(SOON).until(() -> world.rows("draft_change", "path = 'again.txt'") == 1);
    world.daysPass();
    world.collect(false);

    // Then
    assertThat(world.inStore("dataset/wiki/v2/c.txt")).isTrue();
    assertThat(world.held("dropped")).hasSize(1);
  }

  @Test
  void writesAnObjectThatFilesPointAtAgainOnceAnHour() {
    // Given
    GarbageWorld world = aDroppedDraftBesideAVersion("g-touched");
    String draft = as("ada").draft(world.project(), "wiki");
    String touched = "object_key = 'dataset/wiki/v1/a.txt' and touched %s now() - interval '%s'";

    // When
    world.sql(
        "update stored_object set touched = now() - interval '30 minutes' where project = '%s'"
            .formatted("g-touched"));
    facts.say(world.held(draft, "again.txt", "kept", "dataset/wiki/v1/a.txt"));
    await().atMost(SOON).until(() -> world.rows("draft_change", "path = 'again.txt'") == 1);

    // Then
    assertThat(world.rows("stored_object", touched.formatted("<", "20 minutes"))).isEqualTo(1);

    // When
    world.daysPass();
    facts.say(world.held(draft, "more.txt", "kept", "dataset/wiki/v1/a.txt"));
    await().atMost(SOON).until(() -> world.rows("draft_change", "path = 'more.txt'") == 1);

    // Then
    assertThat(world.rows("stored_object", touched.formatted(">", "20 minutes"))).isEqualTo(1);
  }

  @Test
  void letsNoFilePointAtAnObjectThatIsRemoved() {
    // Given
    GarbageWorld world = aDroppedDraftBesideAVersion("g-gone");
    world.daysPass();
    world.collect(false);
    world.daysPass();
    String draft = as("ada").draft(world.project(), "wiki");
    UploadCompleted late = world.held(draft, "again.txt", "dropped", "dataset/wiki/v2/c.txt");

    // When
    CrashPoint.arm(
        "catalog.garbage.afterRemoved",
        () -> {
          facts.say(late);
          facts.say(Facts.completed("g-gone", world.id(), "v3", "new.txt", "new"));
          await()
              .atMost(SOON)
              .untilAsserted(() -> as("ada").get(draft).then().body("files", equalTo(1)));
        });
    world.collect(false);

    // Then
    as("ada")
        .post(draft + "/seal", Map.of("expectedFiles", 1))
        .then()
        .statusCode(409)
        .body("errors.find { it.field == 'pending' }.value", equalTo("again.txt"));
    asService()
        .post(world.project() + "/holdings/keys", Map.of("keys", List.of("dataset/wiki/v2/c.txt")))
        .then()
        .body("owned", hasSize(1));
  }

  @Test
  void sparesNodesThatAVersionUsesAgainAfterTheMark() {
    // Given
    GarbageWorld world = aDroppedDraftBesideAVersion("g-again");
    ManifestTree tree = trees.of(ProjectScope.system("g-again"));
    Digest root = build(tree, 3_000);
    world.daysPass();

    // When
    CrashPoint.arm("catalog.garbage.afterMark", () -> world.point(1, build(tree, 3_000)));
    JsonPath found = world.collect(false);

    // Then
    assertThat(found.getInt("findings.nodesDeleted.count")).isLessThan(3);
    assertThat(tree.page(root, 2_999, 1)).hasSize(1);
    assertThat(count(tree, root)).isEqualTo(3_000);
  }

  @Test
  void keepsWhatALeafIsWrittenAsADifferenceFrom() {
    // Given
    GarbageWorld world = aDroppedDraftBesideAVersion("g-base");
    ManifestTree tree = trees.of(ProjectScope.system("g-base"));
    Digest first = build(tree, 3_000);
    Digest second = tree.apply(first, List.of(Change.put(entry(7, "other"))));
    world.point(1, second);
    world.daysPass();

    // When
    JsonPath found = world.collect(false);

    // Then
    assertThat(found.getInt("findings.nodesDeleted.count")).isPositive();
    assertThat(count(tree, second)).isEqualTo(3_000);
    assertThat(world.rows("manifest_node", "base is not null")).isEqualTo(1);
    assertThat(world.collect(true).getInt("findings.nodesDeleted.count")).isZero();
  }

  @Test
  void findsFilesOfALeafThatCameAgainWithOtherObjects() {
    // Given
    GarbageWorld world = aDroppedDraftBesideAVersion("g-elsewhere");
    ManifestTree tree = trees.of(ProjectScope.system("g-elsewhere"));
    Digest root = build(tree, 3_000, 10_000);
    PathKey path = entry(1_500, "text").path();
    tree.find(root, path);
    assertThat(tree.find(root, path).orElseThrow().objectKey()).endsWith("f/11500");

    // When
    world.sql(
        "delete from manifest_node where project = (select number from project where name ="
            + " 'g-elsewhere')");
    build(tree, 3_000, 50_000);

    // Then
    assertThat(tree.find(root, path).orElseThrow().objectKey()).endsWith("f/51500");
  }

  @Test
  void collectsForOneAtATime() throws SQLException {
    String project = as("ada").project("g-one");
    try (Connection other = database.getConnection();
        PreparedStatement lock =
            other.prepareStatement("select pg_advisory_lock(hashtextextended('g-one', 3))")) {
      lock.execute();
      as("ada")
          .post(project + "/garbage-collections", Map.of())
          .then()
          .statusCode(409)
          .body("code", equalTo("collection-running"));
      other.prepareStatement("select pg_advisory_unlock_all()").execute();
    }
    as("ada").post(project + "/garbage-collections", Map.of()).then().statusCode(202);
  }

  @Test
  void sweepsChangesOfDraftsThatAreOver() throws SQLException {
    // Given
    GarbageWorld world = aDroppedDraftBesideAVersion("g-rows");
    assertThat(world.rows("draft_change", "path = 'c.txt'")).isEqualTo(1);
    assertThat(world.collect(false).getInt("findings.draftRowsDeleted")).isZero();
    world.daysPass();

    // When
    JsonPath found = world.collect(false);

    // Then
    assertThat(found.getInt("findings.draftRowsDeleted")).isEqualTo(1);
    assertThat(world.rows("draft_change", "path = 'c.txt'")).isZero();
  }

  private static Digest build(ManifestTree tree, int files) {
    return build(tree, files, 0);
  }

  private static Digest build(ManifestTree tree, int files, int objects) {
    TreeBuilder builder = tree.builder();
    IntStream.range(0, files).forEach(i -> builder.add(entry(i, "text", i + objects)));
    return builder.root();
  }

  private static Entry entry(int number, String text) {
    return entry(number, text, number);
  }

  private static Entry entry(int number, String text, int object) {
    return new Entry(
        PathKey.of("f/%06d.txt".formatted(number)),
        4,
        Digest.ofHex(Facts.sha256((text + number).getBytes(UTF_8))),
        "text/plain",
        "dataset/wiki/v1/f/" + object,
        Entry.UNKNOWN,
        Entry.UNKNOWN);
  }

  private static int count(ManifestTree tree, Digest root) {
    int files = 0;
    for (var each = tree.entries(root); each.hasNext(); each.next()) {
      files++;
    }
    return files;
  }

  /** Version v1 has a.txt and b.txt; v2 had c.txt too and was dropped. */
  private GarbageWorld aDroppedDraftBesideAVersion(String name) {
    GarbageWorld world = new GarbageWorld(name, store, database, facts);
    String project = world.project();
    String id = world.id();
    String draft = as("ada").draft(project, "wiki");
    world.bring(draft, Facts.completed(name, id, "a.txt", "kept"), "kept", 1);
    world.bring(draft, Facts.completed(name, id, "b.txt", "too"), "too", 2);
    as("ada").post(draft + "/seal", Map.of("expectedFiles", 2)).then().statusCode(200);
    String second =
        as("ada")
            .post(project + "/datasets/wiki/versions", Map.of("inheritedFrom", "v1"))
            .path("version");
    String dropped = project + "/datasets/wiki/versions/" + second;
    world.bring(dropped, Facts.completed(name, id, "v2", "c.txt", "dropped"), "dropped", 3);
    as("ada").delete(dropped).then().statusCode(204);
    return world;
  }
}
