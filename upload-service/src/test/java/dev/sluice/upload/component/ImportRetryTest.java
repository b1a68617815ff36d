package dev.sluice.upload.component;

import static dev.sluice.testing.Await.await;
import static dev.sluice.upload.component.ImportCalls.ROOT;
import static dev.sluice.upload.component.ImportCalls.facts;
import static dev.sluice.upload.component.ImportCalls.failed;
import static dev.sluice.upload.component.ImportCalls.order;
import static dev.sluice.upload.component.ImportCalls.requested;
import static dev.sluice.upload.component.ImportCalls.retry;
import static dev.sluice.upload.component.ImportCalls.sealed;
import static dev.sluice.upload.component.ImportCalls.until;
import static dev.sluice.upload.component.UploadCalls.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.sluice.support.outbox.Transactions;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Imports that fail, are tried again, or are done again and again. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(ImportWorld.class)
class ImportRetryTest {
  private static final String DATASET = "books";
  private static final byte[] NO_ARCHIVE = "no archive at all".getBytes(UTF_8);

  @Inject Transactions transactions;

  @Test
  void bringsEverythingIntoAnotherDraftWhenTheCatalogDroppedTheFirst() {
    // Given
    String url = ImportWorld.put("dropped/a.txt", "A".getBytes(UTF_8));
    String id = requested(order("dropped", DATASET, url));
    ImportCalls.dropped("dropped", DATASET, id, "'a.txt': somebody took its bytes");
    ImportCalls.ended(id, "failed")
        .then()
        .body("code", equalTo("version-dropped"))
        .body("reason", containsString("somebody took its bytes"));

    // When
    retry(id);

    // Then
    sealed("dropped", DATASET, id)
        .then()
        .body("version", equalTo("v2"))
        .body("filesDone", equalTo(1));
    assertThat(facts("ImportFailed", id, 1).getFirst().value()).contains("\"draftKept\":false");
  }

  @Test
  void failsWhenNoFileBelongsIntoTheDataset() {
    String url = ImportWorld.put("nothing/pic.png", png(100));

    String id = requested(order("nothing", DATASET, url));

    failed(id)
        .then()
        .body("code", equalTo("nothing-taken"))
        .body("filesIgnored", equalTo(1))
        .body("reason", containsString("None of the 1 files"));
  }

  @Test
  void takesFileThatWasIgnoredOnceItsContentBelongs() {
    // Given
    String file = ImportWorld.put("belongs/b.txt", png(100));
    String broken = ImportWorld.put("belongs/z.zip", NO_ARCHIVE);
    Map<String, Object> order = order("belongs", DATASET, file, broken);
    order.put("expand", true);
    String id = requested(order);
    failed(id).then().body("code", containsString("archive"));
    awaitUploads("belongs", "ignored", 1);

    // When
    byte[] text = new byte[100];
    Arrays.fill(text, (byte) 'b');
    ImportWorld.put("belongs/b.txt", text);
    ImportWorld.put("belongs/z.zip", zip(Map.of("c.txt", "C")));
    retry(id);

    // Then
    sealed("belongs", DATASET, id)
        .then()
        .body("version", equalTo("v1"))
        .body("filesDone", equalTo(2))
        .body("filesIgnored", equalTo(0));
  }

  @Test
  void leavesNothingInTheVersionOfAnArchiveThatChangedBeforeTheRetry() {
    // Given
    String archive = ImportWorld.put("former/a.zip", zip(Map.of("gone.txt", "1", "kept.txt", "2")));
    String broken = ImportWorld.put("former/z.zip", NO_ARCHIVE);
    Map<String, Object> order = order("former", DATASET, archive, broken);
    order.put("expand", true);
    String id = requested(order);
    failed(id).then().body("version", equalTo("v1"));
    awaitUploads("former", "completed", 2);

    // When
    ImportWorld.put("former/a.zip", zip(Map.of("kept.txt", "2", "new.txt", "3")));
    ImportWorld.put("former/z.zip", zip(Map.of("last.txt", "4")));
    retry(id);

    // Then
    sealed("former", DATASET, id)
        .then()
        .body("version", equalTo("v2"))
        .body("filesDone", equalTo(3));
    as("vic")
        .queryParam("state", "imported")
        .get(ROOT + "/" + id + "/files")
        .then()
        .body("items.path", equalTo(List.of("kept.txt", "last.txt", "new.txt")));
    List<String> inVersion =
        as("ada")
            .queryParams("project", "former", "state", "completed")
            .get(UploadCalls.ROOT)
            .path("items.findAll { it.version == 'v2' }.path");
    assertThat(inVersion).containsExactlyInAnyOrder("kept.txt", "last.txt", "new.txt");
  }

  @Test
  void scheduleImportsOnceMoreWhenItsTimeComesAndMakesVersionsOnlyOfChanges() {
    // Given
    String url = ImportWorld.put("often/a.txt", "A".getBytes(UTF_8));
    Map<String, Object> order = order("often", DATASET, url);
    order.put("every", "6h");
    sealed("often", DATASET, requested(order));

    // When
    timeComes("often");
    until(newest("often", 2), "unchanged");
    ImportWorld.put("often/a.txt", "A, changed".getBytes(UTF_8));
    timeComes("often");

    // Then
    sealed("often", DATASET, newest("often", 3)).then().body("version", equalTo("v2"));
    as("vic").queryParam("project", "often").get(ROOT).then().body("items", hasSize(3));
  }

  /** Six hours pass for the schedules of the project. */
  private void timeComes(String project) {
    await(
        () ->
            transactions.in(
                session ->
                    session
                        .createNativeQuery(
                            "update {h-schema}import_schedule set next_at = now()"
                                + " where project = :project")
                        .setParameter("project", project)
                        .executeUpdate()));
  }

  private static String newest(String project, int count) {
    Awaitility.await("there are " + count + " imports")
        .atMost(Duration.ofMinutes(1))
        .until(() -> ids(project).size() == count);
    return ids(project).getLast();
  }

  private static List<String> ids(String project) {
    return as("vic").queryParam("project", project).get(ROOT).path("items.id");
  }

  private static void awaitUploads(String project, String state, int count) {
    Awaitility.await(count + " uploads are " + state)
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                as("ada")
                    .queryParams("project", project, "state", state)
                    .get(UploadCalls.ROOT)
                    .path("items.size()")
                    .equals(count));
  }

  private static byte[] png(int length) {
    byte[] signature = {
      (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };
    return Arrays.copyOf(signature, length);
  }

  private static byte[] zip(Map<String, String> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
