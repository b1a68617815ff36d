package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A project of one dataset whose drafts are filled by uploads and edits. */
final class DraftWorld implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final String name;
  private final String project;
  private final String datasetId;
  private final Facts facts = new Facts();

  DraftWorld(String name) {
    this.name = name;
    this.project = as("ada").project(name);
    this.datasetId = as("ada").dataset(project, "wiki");
  }

  String project() {
    return project;
  }

  String versions() {
    return project + "/datasets/wiki/versions";
  }

  String version(String number) {
    return versions() + "/" + number;
  }

  /** An open draft with these texts by path, as uploads bring them. */
  String draft(Map<String, String> texts) {
    return upload(as("ada").draft(project, "wiki"), texts);
  }

  /** An open draft that began with the files of another version. */
  String heir(String parent) {
    String number =
        as("ada")
            .post(versions(), Map.of("inheritedFrom", parent))
            .then()
            .statusCode(201)
            .extract()
            .path("version");
    return version(number);
  }

  /** Brings texts into a draft that has none of the paths. */
  String upload(String draft, Map<String, String> texts) {
    int before = as("ada").get(draft).path("files");
    String version = draft.substring(draft.lastIndexOf('/') + 1);
    new TreeMap<>(texts)
        .forEach((path, text) -> facts.say(Facts.completed(name, datasetId, version, path, text)));
    waitForFiles(draft, before + texts.size());
    return draft;
  }

  /** Seals a draft as it is; its path. */
  String seal(String draft) {
    int files = as("ada").get(draft).path("files");
    as("ada").post(draft + "/seal", Map.of("expectedFiles", files)).then().statusCode(200);
    return draft;
  }

  static void waitForFiles(String version, int files) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> as("ada").get(version).then().body("files", equalTo(files)));
  }

  /** Sends lines of edits. */
  static Response edit(String draft, String... lines) {
    return editAs("ada", draft, String.join("\n", lines));
  }

  static Response editAs(String user, String draft, String body) {
    return as(user)
        .request()
        .contentType("application/x-ndjson")
        .body(body.getBytes(UTF_8))
        .post(draft + "/edits");
  }

  /** A line that puts a text that the project holds. */
  static String put(String path, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return "{\"op\":\"put\",\"path\":\"%s\",\"sha256\":\"%s\",\"size\":%d}"
        .formatted(path, Facts.sha256(bytes), bytes.length);
  }

  static String remove(String path) {
    return "{\"op\":\"remove\",\"path\":\"%s\"}".formatted(path);
  }

  static String move(String path, String to) {
    return "{\"op\":\"move\",\"path\":\"%s\",\"to\":\"%s\"}".formatted(path, to);
  }

  static List<String> paths(String version) {
    return as("ada").get(version + "/files?limit=1000").path("items.path");
  }

  /** Paths and SHA-256 of a version with at most 1,000 files. */
  static Map<String, String> contents(String version) {
    List<Map<String, String>> files = as("ada").get(version + "/files?limit=1000").path("items");
    Map<String, String> contents = new HashMap<>();
    files.forEach(file -> contents.put(file.get("path"), file.get("sha256")));
    return contents;
  }

  @Override
  public void close() {
    facts.close();
  }
}
