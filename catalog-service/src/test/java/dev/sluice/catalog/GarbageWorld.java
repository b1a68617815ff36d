package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.manifest.Digest;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import io.agroal.api.AgroalDataSource;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A project while its garbage is collected. */
final class GarbageWorld {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final String name;
  private final String project;
  private final String id;
  private final ObjectStore store;
  private final AgroalDataSource database;
  private final Facts facts;

  /** A project of that name with an empty dataset {@code wiki}. */
  GarbageWorld(String name, ObjectStore store, AgroalDataSource database, Facts facts) {
    this.name = name;
    this.project = as("ada").project(name);
    this.id = as("ada").dataset(project, "wiki");
    this.store = store;
    this.database = database;
    this.facts = facts;
  }

  String project() {
    return project;
  }

  String id() {
    return id;
  }

  String version(int number) {
    return project + "/datasets/wiki/versions/v" + number;
  }

  void bring(String draft, UploadCompleted completed, String text, int files) {
    Await.await(
        () ->
            store.put(
                store.bucketOf(name), completed.objectKey(), text.getBytes(UTF_8), "text/plain"));
    facts.say(completed);
    await()
        .atMost(SOON)
        .untilAsserted(() -> as("ada").get(draft).then().body("files", equalTo(files)));
  }

  /** The word of an upload whose bytes the project held. */
  UploadCompleted held(String draft, String path, String text, String key) {
    String version = draft.substring(draft.lastIndexOf('/') + 1);
    UploadCompleted own = Facts.completed(name, id, version, path, text);
    return new UploadCompleted(
        own.project(),
        own.datasetId(),
        own.dataset(),
        own.version(),
        own.uploadId(),
        own.path(),
        own.size(),
        own.sha256(),
        own.crc32c(),
        own.mediaType(),
        key,
        own.uploadedBy(),
        own.occurredAt());
  }

  JsonPath collect(boolean dryRun) {
    String collections = project + "/garbage-collections";
    String collection =
        as("ada")
            .post(collections, Map.of("dryRun", dryRun))
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    List<JsonPath> answers = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(
            () -> {
              answers.add(as("ada").get(collections + "/" + collection).jsonPath());
              return !answers.getLast().getString("state").equals("running");
            });
    return answers.getLast();
  }

  void nothingIsLeft() {
    JsonPath again = collect(true);
    assertThat(again.getInt("findings.nodesDeleted.count")).isZero();
    assertThat(again.getInt("findings.draftRowsDeleted")).isZero();
    assertThat(rows("stored_object", "state in ('doomed', 'removed')")).isZero();
  }

  List<Object> held(String text) {
    return asService()
        .post(
            project + "/holdings",
            Map.of(
                "contents",
                List.of(
                    Map.of("size", text.length(), "sha256", Facts.sha256(text.getBytes(UTF_8))))))
        .jsonPath()
        .getList("objects");
  }

  boolean inStore(String key) {
    return Await.await(() -> store.stat(store.bucketOf(name), key)).isPresent();
  }

  void point(int number, Digest root) {
    sql(
        "update dataset_version set root = '%s' where project = '%s' and number = %d"
            .formatted(root.hex(), name, number));
  }

  void daysPass() {
    String mine = " where project = '" + name + "'";
    sql("update stored_object set touched = touched - interval '3 days'" + mine);
    sql("update stored_object set state_at = state_at - interval '3 days'" + mine);
    sql("update dataset_version set state_at = state_at - interval '3 days'" + mine);
    sql(
        "update manifest_node set touched = touched - interval '3 days' where project ="
            + " (select number from project where name = '"
            + name
            + "')");
  }

  void sql(String statement) {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(statement)) {
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long rows(String table, String condition) {
    String of =
        switch (table) {
          case "manifest_node" -> "project = (select number from project where name = ?)";
          case "draft_change" -> "version_id in (select id from dataset_version where project = ?)";
          default -> "project = ?";
        };
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from " + table + " where " + of + " and " + condition)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
