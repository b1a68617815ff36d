package dev.sluice.vectorsink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.sluice.events.DatasetEvent.DatasetDeleted;
import dev.sluice.events.DatasetEvent.DatasetPurged;
import dev.sluice.events.DatasetEvent.DatasetRestored;
import dev.sluice.events.DatasetEvent.FileErased;
import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.EventJson;
import dev.sluice.events.Topics;
import dev.sluice.events.VectorEvent.VectorIndexingFailed;
import dev.sluice.events.VectorEvent.VectorsIndexed;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import dev.sluice.testing.TestTokens;
import dev.sluice.vectorsink.index.PointFilter;
import dev.sluice.vectorsink.index.SwitchableVectorIndex;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service with real PostgreSQL, Kafka, S3 and model, and Qdrant's engine where it can run. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@QuarkusTestResource(AnswersResource.class)
@QuarkusTestResource(QdrantResource.class)
@SuppressWarnings("NullAway.Init")
class VectorSinkTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Inject ObjectStore store;
  @Inject MeterRegistry metrics;
  @Inject SwitchableVectorIndex qdrant;

  private TestKafka kafka;
  private Story story;

  @BeforeEach
  void begin() {
    kafka = TestKafka.connect();
    story = new Story(store, kafka);
  }

  @AfterEach
  void end() {
    kafka.close();
  }

  @Test
  void indexesTheNewestVersionWhenADatasetGetsARecipeAndAnswersQuestions() {
    // Given
    story.holds("v1", "guide-v1.parquet");

    // When
    story.putRecipe().then().statusCode(200).body("digest", containsString("sha256:"));

    // Then
    awaitIndexed("v1", 6);
    story
        .search("latest", "Does an interrupted transfer start again from the beginning?")
        .statusCode(200)
        .body("model", equalTo("all-MiniLM-L6-v2"))
        .body("hits.size()", equalTo(3))
        .body("hits[0].recordKey", equalTo("guide.md#0"))
        .body("hits[0].path", equalTo("guide.md"))
        .body("hits[0].version", equalTo("v1"))
        .body("hits[0].score", greaterThan(0.3f))
        .body("hits[0].pointId", notNullValue());
    assertThat(indexedEvents(1)).singleElement().extracting(VectorsIndexed::points).isEqualTo(6L);
  }

  @Test
  void embedsOnlyTheRowThatChangedAndKeepsOlderVersionsSearchable() {
    // Given
    story.holds("v1", "guide-v1.parquet").putRecipe().then().statusCode(200);
    awaitIndexed("v1", 6);
    double embedded = points("embedded");

    // When
    story.holds("v2", "guide-v2.parquet").say(story.created("v2"));
    awaitIndexed("v2", 6);

    // Then
    assertThat(points("embedded") - embedded).isEqualTo(1);
    String question = "When does the kitchen open?";
    story.search("v1", question).body("hits[0].text", containsString("opens at seven"));
    story
        .search("v2", question)
        .body("hits[0].text", containsString("opens at six"))
        .body("hits.text", everyItem(not(containsString("opens at seven"))));
  }

  @Test
  void takesBackATextThatWasGoneWithoutEmbeddingItAgain() {
    // Given
    story.holds("v1", "guide-v1.parquet").putRecipe().then().statusCode(200);
    awaitIndexed("v1", 6);
    story.holds("v2", "guide-v2.parquet").say(story.created("v2"));
    awaitIndexed("v2", 6);
    double embedded = points("embedded");

    // When
    story.holds("v3", "guide-v3.parquet").say(story.created("v3"));
    awaitIndexed("v3", 5);

    // Then
    assertThat(points("embedded")).isEqualTo(embedded);
    String question = "When does the kitchen open?";
    story.search("v1", question).body("hits[0].text", containsString("opens at seven"));
    story.search("v2", question).body("hits[0].text", containsString("opens at six"));
    story.search("v3", question).body("hits[0].text", containsString("opens at seven"));
    story.search("v3", "Are there backups?").body("hits[0].text", not(containsString("Backups")));
  }

  @Test
  void actsOnceOnAnEventThatIsDeliveredTwice() {
    // Given
    story.putRecipe().then().statusCode(200);
    story.holds("v1", "guide-v1.parquet");
    UUID eventId = UUID.randomUUID();

    // When
    story.say(eventId, story.created("v1"));
    story.say(eventId, story.created("v1"));
    story.say(story.created("v1"));
    awaitIndexed("v1", 6);
    story.say(eventId, story.created("v1"));
    story.holds("v2", "guide-v2.parquet").say(story.created("v2"));
    awaitIndexed("v2", 6);

    // Then
    assertThat(indexedEvents(2).stream().map(VectorsIndexed::version)).containsExactly("v1", "v2");
  }

  @Test
  void waitsWhileQdrantIsAwayAndGoesOnAlone() {
    // Given
    story.holds("v1", "guide-v1.parquet");
    qdrant.awayFor(3);

    // When
    story.putRecipe().then().statusCode(200);

    // Then
    awaitIndexed("v1", 6);
    qdrant.awayFor(1);
    story
        .search("v1", "anything")
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .contentType("application/problem+json")
        .body("code", equalTo("part-away"));
    story.search("v1", "anything").statusCode(200);
  }

  @Test
  void saysWhyAVersionCannotBeIndexed() {
    // Given
    story.putRecipe().then().statusCode(200);
    story.holds("v1", "golden-vectors.json");

    // When
    story.say(story.created("v1"));

    // Then
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> story.index("v1").then().statusCode(200).body("state", equalTo("failed")));
    story.index("v1").then().body("reason", containsString("part-0.parquet"));
    story.search("v1", "anything").statusCode(409).body("code", equalTo("not-indexed-yet"));
    assertThat(
            kafka.collect(
                Topics.VECTORS,
                1,
                LIMIT,
                r ->
                    TestKafka.header(r, "ce_type").contains("VectorIndexingFailed")
                        && read(r.value(), VectorIndexingFailed.class)
                            .datasetId()
                            .equals(story.datasetId)))
        .hasSize(1);
  }

  @Test
  void takesWithdrawnVersionsAndDeletedDatasetsOutOfTheIndex() {
    // Given
    story.holds("v1", "guide-v1.parquet").putRecipe().then().statusCode(200);
    awaitIndexed("v1", 6);
    story.holds("v2", "guide-v2.parquet").say(story.created("v2"));
    awaitIndexed("v2", 6);

    // When
    story.say(story.withdrawn("v2"));

    // Then
    Awaitility.await().atMost(LIMIT).untilAsserted(() -> story.index("v2").then().statusCode(404));
    story.search("latest", "When does the kitchen open?").body("hits[0].version", equalTo("v1"));
    awaitPointsOfDataset(6);

    // When
    story.say(
        new DatasetDeleted(story.project, story.datasetId, "guide", Story.EDITOR, Instant.now()));

    // Then
    awaitPointsOfDataset(0);
    story.search("v1", "anything").statusCode(404);
  }

  @Test
  void indexesAgainWhatWasIndexedWhenADatasetLeavesTheTrash() {
    // Given
    story.holds("v1", "guide-v1.parquet").putRecipe().then().statusCode(200);
    awaitIndexed("v1", 6);
    story.holds("v2", "guide-v2.parquet").say(story.created("v2"));
    awaitIndexed("v2", 6);
    story.say(story.withdrawn("v2"));
    Awaitility.await().atMost(LIMIT).untilAsserted(() -> story.index("v2").then().statusCode(404));
    story.say(
        new DatasetDeleted(story.project, story.datasetId, "guide", Story.EDITOR, Instant.now()));
    awaitPointsOfDataset(0);
    story.recipe().statusCode(404);

    // When
    story.say(
        new DatasetRestored(story.project, story.datasetId, "guide", Story.EDITOR, Instant.now()));

    // Then
    awaitIndexed("v1", 6);
    story.recipe().statusCode(200).body("model", equalTo("all-MiniLM-L6-v2"));
    story
        .search("latest", "Does an interrupted transfer start again from the beginning?")
        .statusCode(200)
        .body("hits[0].recordKey", equalTo("guide.md#0"));
    story.index("v2").then().statusCode(404);
    awaitPointsOfDataset(6);
  }

  @Test
  void forgetsTheRecipeOfADatasetThatWasPurged() {
    // Given
    story.holds("v1", "guide-v1.parquet").putRecipe().then().statusCode(200);
    awaitIndexed("v1", 6);
    story.say(
        new DatasetDeleted(story.project, story.datasetId, "guide", Story.EDITOR, Instant.now()));

    // When
    story.say(new DatasetPurged(story.project, story.datasetId, "guide", Instant.now()));
    story.say(
        new DatasetRestored(story.project, story.datasetId, "guide", Story.EDITOR, Instant.now()));
    story.say(new MemberAdded(story.project, "eve", "viewer", Instant.now()));

    // Then
    Awaitility.await().atMost(LIMIT).until(() -> story.isMember("eve"));
    story.recipe().statusCode(404);
    story.index("v1").then().statusCode(404);
  }

  @Test
  void takesTextsOfAnErasedFileOutOfEveryVersionAndNeverBackIn() {
    // Given
    story.holds("v1", "guide-v1.parquet").putRecipe().then().statusCode(200);
    awaitIndexed("v1", 6);
    String source =
        qdrant
            .scroll(collection(), PointFilter.dataset(story.datasetId), null, 1)
            .await()
            .atMost(LIMIT)
            .points()
            .values()
            .iterator()
            .next()
            .sourceSha256();
    long ofSource = pointsOf(source);
    assertThat(ofSource).isPositive();

    // When
    story.say(new FileErased(story.project, source, "ada", Instant.now()));

    // Then
    awaitPointsOfDataset(6 - ofSource);
    story.holds("v2", "guide-v1.parquet").say(story.created("v2"));
    Awaitility.await("index of v2")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                story
                    .index("v2")
                    .then()
                    .body("state", equalTo("indexed"))
                    .body("points", equalTo((int) (6 - ofSource))));
    assertThat(pointsOf(source)).isZero();
  }

  private long pointsOf(String source) {
    return qdrant
        .count(collection(), PointFilter.source(story.datasetId, source))
        .await()
        .atMost(LIMIT);
  }

  private String collection() {
    return "sluice-" + story.project + "_guide";
  }

  @Test
  void refusesWhatIsNotAQuestion() {
    // When
    var answer =
        RestAssured.given()
            .header("Authorization", TestTokens.bearer("vic"))
            .contentType("application/json")
            .body(
                "{\"project\":\"%s\",\"dataset\":\"guide\",\"query\":\"  \",\"limit\":101}"
                    .formatted(story.project))
            .post("/api/v1/search");

    // Then
    answer
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.field", equalTo(List.of("query", "limit")));
  }

  @Test
  void hidesProjectsFromStrangersAndChangesFromViewers() {
    // Given
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> story.search("latest", "anything").statusCode(404));

    // Then
    RestAssured.given()
        .header("Authorization", TestTokens.bearer("eve"))
        .get("/api/v1/recipes/" + story.project + "/guide")
        .then()
        .statusCode(404)
        .body("code", equalTo("project-not-found"));
    RestAssured.given()
        .header("Authorization", TestTokens.bearer("vic"))
        .contentType("application/json")
        .body("{}")
        .put("/api/v1/recipes/" + story.project + "/guide")
        .then()
        .statusCode(403);
    RestAssured.get("/api/v1/indexes?project=" + story.project).then().statusCode(401);
  }

  @Test
  void namesWhatIsNotThere() {
    // Given
    story.holds("v1", "guide-v1.parquet");

    // Then
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                story
                    .search("v7", "anything")
                    .statusCode(404)
                    .body("code", equalTo("version-not-found")));
    story.search("v1", "anything").statusCode(404).body("code", equalTo("index-not-found"));
    RestAssured.given()
        .header("Authorization", TestTokens.bearer("vic"))
        .get("/api/v1/recipes/" + story.project + "/guide")
        .then()
        .statusCode(404)
        .body("code", equalTo("recipe-not-found"));
  }

  @Test
  void servesTheCheckedInDescription() throws IOException {
    // When
    byte[] served = RestAssured.get("/q/openapi").then().statusCode(200).extract().asByteArray();

    // Then
    Path checkedIn = Path.of("openapi.yaml");
    Files.write(Path.of("target", "openapi.yaml"), served);
    assertThat(new String(served, StandardCharsets.UTF_8))
        .as("copy target/openapi.yaml over openapi.yaml when the API was meant to change")
        .startsWith("---\nopenapi: 3.1")
        .isEqualTo(Files.exists(checkedIn) ? Files.readString(checkedIn) : "");
  }

  @Test
  void countsPointsForPrometheus() {
    // Given
    story.holds("v1", "guide-v1.parquet").putRecipe().then().statusCode(200);

    // When
    awaitIndexed("v1", 6);

    // Then
    RestAssured.get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("sluice_vectorsink_points_total{action=\"embedded\""))
        .body(containsString("sluice_vectorsink_texts_total{source="));
  }

  @Test
  void asksForAnIndexOncePerIdempotencyKey() {
    // Given
    story.putRecipe().then().statusCode(200);
    story.holds("v1", "guide-v1.parquet");

    // When
    String first = createIndex("v1").then().statusCode(202).extract().asString();
    awaitIndexed("v1", 6);
    String second = createIndex("v1").then().statusCode(202).extract().asString();

    // Then
    assertThat(second).isEqualTo(first);
    RestAssured.given()
        .header("Authorization", TestTokens.bearer("vic"))
        .get("/api/v1/indexes?dataset=guide&project=" + story.project)
        .then()
        .statusCode(200)
        .body("items.version", equalTo(List.of("v1")))
        .body("items.state", equalTo(List.of("indexed")));
  }

  @Test
  void carriesTheTraceOfAVersionOnToVectorsIndexed() {
    // Given
    story.putRecipe().then().statusCode(200);
    String trace = UUID.randomUUID().toString().replace("-", "");

    // When
    story
        .holds("v1", "guide-v1.parquet")
        .say(UUID.randomUUID(), story.created("v1"), "00-" + trace + "-00f067aa0ba902b7-01");

    // Then
    assertThat(indexedRecords(1))
        .extracting(r -> TestKafka.header(r, "traceparent"))
        .allMatch(parent -> parent.startsWith("00-" + trace));
  }

  private io.restassured.response.Response createIndex(String version) {
    return RestAssured.given()
        .header("Authorization", TestTokens.bearer(Story.EDITOR))
        .header("Idempotency-Key", story.project)
        .contentType("application/json")
        .body(
            "{\"project\":\"%s\",\"dataset\":\"guide\",\"version\":\"%s\"}"
                .formatted(story.project, version))
        .post("/api/v1/indexes");
  }

  private void awaitIndexed(String version, int points) {
    Awaitility.await("index of " + version)
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                story
                    .index(version)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("indexed"))
                    .body("points", equalTo(points))
                    .body("rows", equalTo(points)));
  }

  private void awaitPointsOfDataset(long points) {
    String collection = "sluice-" + story.project + "_guide";
    Awaitility.await("points of the dataset")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        qdrant
                            .count(collection, PointFilter.dataset(story.datasetId))
                            .await()
                            .atMost(LIMIT))
                    .isEqualTo(points));
  }

  private double points(String action) {
    return metrics.counter("sluice.vectorsink.points", "action", action).count();
  }

  private List<VectorsIndexed> indexedEvents(int atLeast) {
    return indexedRecords(atLeast).stream()
        .map(r -> read(r.value(), VectorsIndexed.class))
        .toList();
  }

  private List<ConsumerRecord<String, String>> indexedRecords(int atLeast) {
    return kafka.collect(
        Topics.VECTORS,
        atLeast,
        LIMIT,
        r -> TestKafka.header(r, "ce_type").contains("VectorsIndexed") && isOurs(r.value()));
  }

  private boolean isOurs(String value) {
    return read(value, VectorsIndexed.class).datasetId().equals(story.datasetId);
  }

  private static <E extends dev.sluice.events.SluiceEvent> E read(String value, Class<E> type) {
    return EventJson.read(value.getBytes(StandardCharsets.UTF_8), type);
  }
}
