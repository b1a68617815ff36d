package dev.sluice.vectorsink;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.DatasetEvent.VersionWithdrawn;
import dev.sluice.events.EventJson;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.TestKafka;
import dev.sluice.testing.TestTokens;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** A project with one dataset, as the parts around the vector sink show it. */
final class Story {
  static final String EDITOR = "ada";

  final String project = "p" + UUID.randomUUID().toString().substring(0, 8);
  final UUID datasetId = UUID.randomUUID();
  private final ObjectStore store;
  private final TestKafka kafka;

  Story(ObjectStore store, TestKafka kafka) {
    this.store = store;
    this.kafka = kafka;
    Await.await(() -> store.ensureBucket(store.bucketOf(project)));
    catalog("", "{\"id\":\"%s\",\"name\":\"guide\"}".formatted(datasetId));
    say(new MemberAdded(project, EDITOR, "editor", Instant.now()));
    say(new MemberAdded(project, "vic", "viewer", Instant.now()));
    Awaitility.await("members of " + project)
        .atMost(Duration.ofSeconds(30))
        .until(() -> isMember("vic"));
  }

  /** Members come by event, in order: who the last one is known to be, all are. */
  boolean isMember(String user) {
    return given()
            .header("Authorization", TestTokens.bearer(user))
            .get("/api/v1/indexes?project=" + project)
            .statusCode()
        == 200;
  }

  /** The catalog and the store have the version; nobody was told. */
  Story holds(String version, String resource) {
    String key = "dataset/guide/" + version + "/" + resource;
    byte[] bytes = bytes(resource);
    Await.await(
        () -> store.put(store.bucketOf(project), key, bytes, "application/vnd.apache.parquet"));
    String json =
        """
        {"project":"%s","datasetId":"%s","dataset":"guide","version":"%s","state":"sealed"}
        """
            .formatted(project, datasetId, version);
    catalog("/versions/" + version, json);
    catalog("/versions/latest", json);
    catalog(
        "/versions/" + version + "/manifest",
        """
        {"path":"part-0.parquet","size":%d,"sha256":"00","mediaType":"application/vnd.apache.parquet","objectKey":"%s"}
        """
            .formatted(bytes.length, key));
    return this;
  }

  VersionCreated created(String version) {
    return new VersionCreated(
        project,
        datasetId,
        "guide",
        version,
        "text",
        "sha256:00",
        1,
        1,
        ProducedBy.upload(),
        List.of(),
        EDITOR,
        Instant.now());
  }

  VersionWithdrawn withdrawn(String version) {
    return new VersionWithdrawn(project, datasetId, "guide", version, EDITOR, Instant.now());
  }

  void say(SluiceEvent event) {
    say(UUID.randomUUID(), event);
  }

  void say(UUID eventId, SluiceEvent event) {
    say(eventId, event, "");
  }

  void say(UUID eventId, SluiceEvent event, String traceparent) {
    kafka.send(
        event.topic(),
        event.key(),
        EventJson.write(event),
        Map.of(
            "traceparent",
            traceparent,
            "ce_id",
            eventId.toString(),
            "ce_type",
            event.type(),
            "ce_source",
            "test",
            "ce_specversion",
            "1.0"));
  }

  Response putRecipe() {
    return given()
        .header("Authorization", TestTokens.bearer(EDITOR))
        .contentType("application/json")
        .body("{\"model\":\"all-MiniLM-L6-v2\",\"textColumn\":\"text\",\"distance\":\"cosine\"}")
        .put("/api/v1/recipes/" + project + "/guide");
  }

  ValidatableResponse recipe() {
    return given()
        .header("Authorization", TestTokens.bearer(EDITOR))
        .get("/api/v1/recipes/" + project + "/guide")
        .then();
  }

  Response index(String version) {
    return given()
        .header("Authorization", TestTokens.bearer(EDITOR))
        .get("/api/v1/indexes/" + project + "/guide/" + version);
  }

  ValidatableResponse search(String version, String query) {
    return given()
        .header("Authorization", TestTokens.bearer("vic"))
        .contentType("application/json")
        .body(
            """
            {"project":"%s","dataset":"guide","version":"%s","query":"%s","limit":3}
            """
                .formatted(project, version, query))
        .post("/api/v1/search")
        .then();
  }

  private void catalog(String path, String body) {
    URI address =
        URI.create(
            ConfigProvider.getConfig().getValue("sluice.catalog.url", String.class)
                + "/api/v1/projects/"
                + project
                + "/datasets/guide"
                + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(address)
              .PUT(HttpRequest.BodyPublishers.ofString(body, UTF_8))
              .build(),
          BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String resource) {
    try (InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
