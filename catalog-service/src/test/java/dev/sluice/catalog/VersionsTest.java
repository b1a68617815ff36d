package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.catalog.file.VersionDigest;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.events.DatasetEvent.DraftDropped;
import dev.sluice.events.DatasetEvent.DraftOpened;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.DatasetEvent.VersionReleased;
import dev.sluice.events.DatasetEvent.VersionWithdrawn;
import dev.sluice.events.Topics;
import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class VersionsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ObjectStore store;
  private Facts facts = new Facts();

  VersionsTest(ObjectStore store) {
    this.store = store;
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
  void buildsADraftFromCompletedUploadsAndSealsIt() {
    // Given
    String project = as("ada").project("v-seal");
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");
    facts.say(Facts.completed("v-seal", id, "b.txt", "second"));
    facts.say(Facts.completed("v-seal", id, "a/ä.txt", "first"));
    waitForFiles(draft, 2);

    // When
    Response made = as("ada").post(draft + "/seal", Map.of("expectedFiles", 2));

    // Then
    String digest = digest(file("a/ä.txt", "first"), file("b.txt", "second"));
    made.then()
        .statusCode(200)
        .body("state", equalTo("sealed"))
        .body("digest", equalTo(digest))
        .body("files", equalTo(2))
        .body("bytes", equalTo(11))
        .body("producedBy.kind", equalTo("upload"));
    as("ada").get(project + "/datasets/wiki").then().body("latestVersion", equalTo("v1"));
    as("ada").get(project + "/datasets/wiki/versions/latest").then().body("version", equalTo("v1"));
    assertThat(facts.said(DraftOpened.class, "v-seal", 1)).hasSize(1);
    assertThat(facts.said(VersionCreated.class, "v-seal", 1).getFirst().value())
        .contains(digest, "\"files\":2", "\"kind\":\"upload\"");
  }

  @Test
  void refusesToSealHalfAVersionAndNamesWhatIsMissing() {
    // Given
    String project = as("ada").project("v-half");
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");
    UploadCompleted late = Facts.completed("v-half", id, "late.txt", "late");
    facts.say(Facts.chunk(late));
    facts.say(Facts.completed("v-half", id, "here.txt", "here"));
    waitForFiles(draft, 1);

    // When
    Response early = as("ada").post(draft + "/seal", Map.of("expectedFiles", 2));
    facts.say(late);
    waitForFiles(draft, 2);
    Response tooMany = as("ada").post(draft + "/seal", Map.of("expectedFiles", 1));
    Response otherDigest =
        as("ada")
            .post(
                draft + "/seal", Map.of("expectedFiles", 2, "digest", "sha256:" + "0".repeat(64)));
    Response complete = as("ada").post(draft + "/seal", Map.of("expectedFiles", 2));

    // Then
    early
        .then()
        .statusCode(409)
        .body("code", equalTo("files-pending"))
        .body("errors.find { it.field == 'pending' }.value", equalTo("late.txt"));
    tooMany.then().statusCode(409).body("code", equalTo("files-unexpected"));
    otherDigest.then().statusCode(409).body("code", equalTo("files-pending"));
    complete.then().statusCode(200);
  }

  @Test
  void givesAFactThatComesTwiceOneEffect() {
    // Given
    String project = as("ada").project("v-twice");
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");
    UUID same = UUID.randomUUID();
    UploadCompleted upload = Facts.completed("v-twice", id, "a.txt", "once");

    // When
    facts.say(same, upload);
    facts.say(same, upload);
    facts.say(Facts.completed("v-twice", id, "b.txt", "then"));
    waitForFiles(draft, 2);

    // Then
    as("ada").get(draft).then().body("files", equalTo(2)).body("bytes", equalTo(8));
    as("ada").post(draft + "/seal", Map.of("expectedFiles", 2)).then().statusCode(200);
    as("ada").post(draft + "/seal", Map.of("expectedFiles", 2)).then().statusCode(200);
    assertThat(facts.said(VersionCreated.class, "v-twice", 1)).hasSize(1);
  }

  @Test
  void letsTheNewestUploadOfAPathWin() {
    // Given
    String project = as("ada").project("v-newest");
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");

    // When
    facts.say(Facts.completed("v-newest", id, "a.txt", "old"));
    facts.say(Facts.completed("v-newest", id, "a.txt", "newer"));
    facts.say(Facts.completed("v-newest", id, "z.txt", "last"));
    waitForFiles(draft, 2);

    // Then
    as("ada")
        .get(draft + "/files/a.txt")
        .then()
        .body("sha256", equalTo(Facts.sha256("newer".getBytes(UTF_8))));
    as("ada").get(draft).then().body("bytes", equalTo(9));
  }

  @Test
  void keepsAPathFromBeingFileAndFolder() {
    // Given
    String project = as("ada").project("v-folder");
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");

    // When
    facts.say(Facts.completed("v-folder", id, "a", "file"));
    facts.say(Facts.completed("v-folder", id, "a/b", "below"));
    facts.say(Facts.completed("v-folder", id, "c/d", "below"));
    facts.say(Facts.completed("v-folder", id, "c", "above"));
    facts.say(Facts.completed("v-folder", id, "a-b", "beside"));
    waitForFiles(draft, 3);

    // Then
    as("ada").get(draft + "/files").then().body("items.path", contains("a", "a-b", "c/d"));
    as("ada")
        .post(draft + "/seal", Map.of("expectedFiles", 5))
        .then()
        .statusCode(409)
        .body("errors.findAll { it.field == 'pending' }.value", contains("a/b", "c"));
  }

  @Test
  void streamsTheSameManifestAgain() {
    // Given
    String sealed = sealedVersion("v-manifest");

    // When
    Response first = as("ada").get(sealed + "/manifest");
    Response second = as("ada").get(sealed + "/manifest");

    // Then
    first.then().statusCode(200).contentType(containsString("application/x-ndjson"));
    assertThat(first.asByteArray()).isEqualTo(second.asByteArray());
    assertThat(first.asString().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"path\":\"a.txt\",\"size\":1,\"sha256\":\"")
        .endsWith(",\"crc32c\":\"" + Facts.crc32c("A") + "\"}");
    assertThat(first.asString()).endsWith("}\n");
    assertThat(first.header("ETag")).isEqualTo("\"" + as("ada").get(sealed).path("digest") + "\"");
  }

  @Test
  void givesAnAddressThatReadsTheBytes() throws IOException, InterruptedException {
    // Given
    String sealed = sealedVersion("v-download");
    String bucket = store.bucketOf("v-download");
    byte[] bytes = "A".getBytes(UTF_8);
    Await.await(() -> store.put(bucket, "dataset/wiki/v1/a.txt", bytes, "text/plain"));

    // When
    String url = as("ada").get(sealed + "/files/a.txt?download=true").path("url");
    Response redirect =
        as("ada").request().redirects().follow(false).get(sealed + "/files/a.txt?redirect=true");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("A");
    redirect.then().statusCode(302);
    as("ada").get(sealed + "/files/nope.txt?download").then().statusCode(404);
  }

  @Test
  void refusesWritesToASealedVersion() {
    // Given
    String sealed = sealedVersion("v-final");

    // When
    Response removed = as("ada").delete(sealed + "/files/a.txt");
    Response dropped = as("ada").delete(sealed);
    Response resealed = as("ada").post(sealed + "/seal", Map.of("expectedFiles", 7));

    // Then
    removed.then().statusCode(409).body("code", equalTo("version-sealed"));
    dropped.then().statusCode(409).body("code", equalTo("version-sealed"));
    resealed.then().statusCode(409).body("code", equalTo("version-sealed"));
  }

  @Test
  void releasesAndWithdraws() {
    // Given
    String sealed = sealedVersion("v-life");

    // When
    Response released = as("ada").post(sealed + "/release", Map.of());
    Response withdrawn = as("ada").post(sealed + "/withdraw", Map.of());
    Response again = as("ada").post(sealed + "/release", Map.of());

    // Then
    released.then().statusCode(200).body("state", equalTo("released"));
    withdrawn.then().statusCode(200).body("state", equalTo("withdrawn"));
    again.then().statusCode(409).body("code", equalTo("version-withdrawn"));
    as("ada")
        .get(CatalogApi.PROJECTS + "/v-life/datasets/wiki/versions/latest")
        .then()
        .statusCode(404);
    assertThat(facts.said(VersionReleased.class, "v-life", 1)).hasSize(1);
    assertThat(facts.said(VersionWithdrawn.class, "v-life", 1)).hasSize(1);
  }

  @Test
  void keepsOneOpenDraftAndLetsItInherit() {
    // Given
    String sealed = sealedVersion("v-heir");
    String versions = sealed.substring(0, sealed.lastIndexOf('/'));

    // When
    Response heir = as("ada").post(versions, Map.of("inheritedFrom", "v1"));
    Response second = as("ada").post(versions, Map.of());
    as("ada").delete(versions + "/v2/files/a.txt").then().statusCode(204);
    Response shrunk = as("ada").get(versions + "/v2");
    as("ada").delete(versions + "/v2").then().statusCode(204);
    Response bad = as("ada").get(versions + "/1st");

    // Then
    heir.then()
        .statusCode(201)
        .body("version", equalTo("v2"))
        .body("inheritedFrom", equalTo("v1"))
        .body("files", equalTo(2));
    second.then().statusCode(409).body("code", equalTo("draft-open"));
    shrunk.then().body("files", equalTo(1)).body("bytes", equalTo(1));
    as("ada").get(versions + "/v2").then().statusCode(404);
    as("ada").post(versions, Map.of()).then().statusCode(201).body("version", equalTo("v3"));
    as("ada").get(versions).then().body("items.version", contains("v1", "v3"));
    bad.then().statusCode(400).body("errors[0].field", equalTo("version"));
    assertThat(facts.said(DraftDropped.class, "v-heir", 1)).hasSize(1);
  }

  @Test
  void putsAsideWhatCanNeverSucceedAndGoesOn() {
    // Given
    String project = as("ada").project("v-poison");
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");
    String marker = UUID.randomUUID().toString();

    // When
    facts.sayBroken(Topics.UPLOADS, "dev.sluice.UploadCompleted.v1", "{\"broken\":\"" + marker);
    facts.say(Facts.completed("v-poison", UUID.randomUUID().toString(), marker, "lost"));
    facts.say(Facts.completed("v-poison", id, "../" + marker, "escape"));
    facts.say(Facts.completed("v-poison", id, "good.txt", "good"));
    waitForFiles(draft, 1);

    // Then
    assertThat(
            facts.deadLetters(
                Topics.UPLOADS, 3, r -> r.value() != null && r.value().contains(marker)))
        .hasSize(3)
        .allSatisfy(r -> assertThat(r.headers().lastHeader("dead-letter-reason")).isNotNull());
  }

  private String sealedVersion(String projectName) {
    String project = as("ada").project(projectName);
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");
    facts.say(Facts.completed(projectName, id, "b.txt", "B"));
    facts.say(Facts.completed(projectName, id, "a.txt", "A"));
    waitForFiles(draft, 2);
    as("ada").post(draft + "/seal", Map.of("expectedFiles", 2)).then().statusCode(200);
    return draft;
  }

  private static void waitForFiles(String version, int files) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> as("ada").get(version).then().body("files", equalTo(files)));
  }

  private static VersionFile file(String path, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new VersionFile(path, bytes.length, Facts.sha256(bytes), "text/plain", "k", null, null);
  }

  private static String digest(VersionFile... sorted) {
    return VersionDigest.of(
            ManifestTree.rootOf(Arrays.stream(sorted).map(VersionFile::toEntry).iterator()))
        .value();
  }
}
