package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.catalog.CatalogApi.Answer;
import dev.sluice.chaos.upload.LedgerView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one dataset is, by its rows and by what the service shows of it. */
final class Snapshot {
  private static final String VERSIONS =
      """
      select to_jsonb(v)::text from catalog.dataset_version v
      where v.project = ? and v.dataset_id = ?::uuid order by v.number
      """;
  private static final String NAMES =
      """
      select to_jsonb(n)::text from catalog.version_name n
      where n.project = ? and n.dataset_id = ?::uuid order by n.name
      """;

  private final List<String> wrong = new ArrayList<>();
  private final Map<String, String> keys = new TreeMap<>();
  private final Map<String, String> manifests = new TreeMap<>();
  private String summary = "";
  private int sealed;

  Snapshot() {}

  static Snapshot of(CatalogApi api, LedgerView rows, String dataset, String id) throws Exception {
    Snapshot snapshot = new Snapshot();
    StringBuilder summary = new StringBuilder();
    for (JsonNode row : rows.rows(VERSIONS, api.project(), id)) {
      summary.append(snapshot.version(api, dataset, row)).append('\n');
    }
    for (JsonNode row : rows.rows(NAMES, api.project(), id)) {
      summary.append(
          "%s %s v%d%n"
              .formatted(
                  row.path("kind").asText(),
                  row.path("name").asText(),
                  row.path("number").asInt()));
    }
    snapshot.summary = summary.toString();
    return snapshot;
  }

  /** As {@link #summary()}, of what should be. */
  static String of(LineModel line) {
    StringBuilder summary = new StringBuilder();
    line.versions.forEach(
        (number, version) ->
            summary.append(
                version(
                        number,
                        version.state().text(),
                        version.parent(),
                        version.state() == LineModel.State.DROPPED
                            ? ""
                            : OwnDigest.of(version.files()))
                    + "\n"));
    line.names.forEach(
        (name, to) ->
            summary.append("%s %s v%d%n".formatted(to.tag() ? "tag" : "alias", name, to.to())));
    return summary.toString();
  }

  /** States, parents and contents of all versions, and all names. */
  String summary() {
    return summary;
  }

  /** Where the service contradicts itself. */
  List<String> wrong() {
    return wrong;
  }

  /** SHA-256 by the key of each object that a version points at. */
  Map<String, String> keys() {
    return keys;
  }

  /** SHA-256 of the manifest of each sealed version, by its path. */
  Map<String, String> manifests() {
    return manifests;
  }

  int sealed() {
    return sealed;
  }

  private static String version(int number, String state, int parent, String digest) {
    return "v%d %s from v%d %s".formatted(number, state, parent, digest);
  }

  private String version(CatalogApi api, String dataset, JsonNode row) {
    int number = row.path("number").asInt();
    String state = row.path("state").asText();
    int parent = row.path("inherited_from").asInt();
    String path = "/datasets/%s/versions/v%d".formatted(dataset, number);
    Answer view = api.insist("GET", path, "");
    if (state.equals("purged")) {
      expect(path, "state", state, view.json().path("state").asText());
      expect(path, "digest shown", row.path("digest"), view.json().path("digest"));
      expect(
          path, "status of the manifest", 410, api.insist("GET", path + "/manifest", "").status());
      return version(number, state, parent, row.path("digest").asText());
    }
    if (state.equals("dropped")) {
      expect(path, "status", 404, view.status());
      return version(number, state, parent, "");
    }
    expect(path, "state", state, view.json().path("state").asText());
    List<OwnDigest.Item> lines = new ArrayList<>();
    if (state.equals("draft")) {
      String cursor = "";
      do {
        JsonNode page = api.insist("GET", path + "/files?limit=1000" + cursor, "").json();
        page.path("items").forEach(file -> lines.add(item(path, file)));
        cursor = page.hasNonNull("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
      } while (!cursor.isEmpty());
    } else {
      Answer manifest = api.insist("GET", path + "/manifest", "");
      lines.addAll(manifest(path, manifest));
      String digest = OwnDigest.of(lines);
      expect(path, "digest shown", digest, view.json().path("digest").asText());
      expect(path, "digest kept", digest, row.path("digest").asText());
      expect(path, "tree", digest, "sha256:" + row.path("root").asText());
      expect(path, "ETag of the manifest", "\"" + digest + "\"", manifest.etag());
      manifests.put(
          path, Contents.sha256(manifest.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      sealed++;
    }
    expect(path, "files", lines.size(), view.json().path("files").asInt());
    return version(number, state, parent, OwnDigest.of(lines));
  }

  /** The files of a manifest; a problem has none. */
  List<OwnDigest.Item> manifest(String path, Answer answer) {
    if (!answer.ok()) {
      wrong.add(path + ": the manifest was answered " + answer.status() + " " + answer.text());
      return List.of();
    }
    return answer.text().lines().map(Snapshot::parsed).map(file -> item(path, file)).toList();
  }

  private OwnDigest.Item item(String path, JsonNode file) {
    String key = file.path("objectKey").asText();
    if (key.isEmpty()) {
      wrong.add(path + ": a file without an object: " + file);
    } else {
      String before = keys.put(key, file.path("sha256").asText());
      if (before != null && !before.equals(file.path("sha256").asText())) {
        wrong.add(path + ": one object, two contents: " + file);
      }
    }
    return OwnDigest.line(
        file.path("path").asText(),
        file.path("size").asLong(),
        file.path("sha256").asText(),
        file.path("mediaType").asText());
  }

  private void expect(String path, String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      wrong.add("%s: %s is %s, not %s".formatted(path, what, found, expected));
    }
  }

  private static JsonNode parsed(String line) {
    try {
      return CatalogApi.JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
