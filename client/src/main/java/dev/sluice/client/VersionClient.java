package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Versions of one dataset; wherever a version is named, {@code latest} is the newest sealed. */
public final class VersionClient {

  private static final int DIFF_PAGE = 1_000;

  private final HttpTransport http;
  private final String root;

  VersionClient(HttpTransport http, String project, String dataset) {
    this.http = http;
    this.root = "/api/v1/projects" + ApiRequest.path(project, "datasets", dataset, "versions");
  }

  /**
   * Opens a draft.
   *
   * @param inheritedFrom a version whose files it starts with, or null for an empty one
   * @throws SluiceProblemException with code {@code draft-open} when there is one already
   */
  public Version create(@Nullable String inheritedFrom) {
    Map<String, String> body =
        inheritedFrom == null ? Map.of() : Map.of("inheritedFrom", inheritedFrom);
    return http.send(ApiRequest.create(root, body), new TypeReference<>() {});
  }

  /** All versions. */
  public Stream<Version> list() {
    return Paging.of(http, root, Map.of(), new TypeReference<>() {});
  }

  /** One version. */
  public Version get(String version) {
    return http.send(ApiRequest.get(at(version)), new TypeReference<>() {});
  }

  /**
   * Makes the content final; repeated with the same content it is no error.
   *
   * @throws SluiceProblemException with code {@code files-pending} while announced files are on
   *     their way
   */
  public Version seal(String version, SealRequest expected) {
    return http.send(
        ApiRequest.of("POST", at(version) + "/seal").json(expected), new TypeReference<>() {});
  }

  /** Gives up a draft with all its files; its number stays used. */
  public void drop(String version, @Nullable String reason) {
    String query = ApiRequest.query(Collections.singletonMap("reason", reason));
    http.send(ApiRequest.of("DELETE", at(version) + query));
  }

  /** Recommends a sealed version. */
  public Version release(String version, @Nullable String reason) {
    return change(version, "release", Collections.singletonMap("reason", reason));
  }

  /**
   * Takes a version out of use.
   *
   * @param force also when an alias points at it
   */
  public Version withdraw(String version, @Nullable String reason, boolean force) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("reason", reason);
    body.put("force", force ? true : null);
    return change(version, "withdraw", body);
  }

  private Version change(
      String version, String transition, Map<String, ? extends @Nullable Object> body) {
    return http.send(
        ApiRequest.of("POST", at(version) + "/" + transition).json(body), new TypeReference<>() {});
  }

  /** All files, sorted by path. */
  public Stream<FileEntry> files(String version) {
    return files(version, FileFilter.ALL);
  }

  /** The files that pass the filter, sorted by path. */
  public Stream<FileEntry> files(String version, FileFilter filter) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("prefix", filter.prefix());
    parameters.put("glob", filter.glob());
    parameters.put("mediaType", filter.mediaType());
    return Paging.of(http, at(version) + "/files", parameters, new TypeReference<>() {});
  }

  /** The manifest as it is stored, a JSON line per file; the caller closes it. */
  public ManifestLines manifest(String version) {
    ApiRequest request =
        ApiRequest.get(at(version) + "/manifest").with("Accept", "application/x-ndjson");
    HttpResponse<Stream<String>> response = http.lines(request);
    return new ManifestLines(response.headers().firstValue("ETag"), response.body());
  }

  /** Where the bytes of a file can be read. */
  public DownloadUrl download(String version, String path) {
    String file = at(version) + "/files/" + ApiRequest.encodePath(path);
    return http.send(ApiRequest.get(file + "?download=true"), new TypeReference<>() {});
  }

  /**
   * A page of addresses of the files that match, in the order of paths.
   *
   * @param limit files of the page, at most 10,000
   * @param cursor of the page before; null for the first
   */
  public Page<FileAddress> addresses(
      String version, FileSelection selection, int limit, @Nullable String cursor) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("globs", selection.globs().isEmpty() ? null : selection.globs());
    body.put("prefix", selection.prefix());
    body.put("limit", limit);
    body.put("cursor", cursor);
    return http.send(
        ApiRequest.of("POST", at(version) + "/urls").json(body), new TypeReference<>() {});
  }

  /** Addresses of these paths, at most 10,000, as they were asked for. */
  public List<FileAddress> addresses(String version, List<String> paths) {
    Page<FileAddress> page =
        http.send(
            ApiRequest.of("POST", at(version) + "/urls").json(Map.of("paths", paths)),
            new TypeReference<>() {});
    return page.items();
  }

  /**
   * Puts, removes and moves files of a draft, all or nothing.
   *
   * @param lines a file with a JSON object per line, as docs/catalog.md describes
   * @throws SluiceProblemException with code {@code edit-refused}, naming line, field and value
   */
  public EditCounts edit(String draft, Path lines) {
    ApiRequest request =
        ApiRequest.of("POST", at(draft) + "/edits").with("Content-Type", "application/x-ndjson");
    return http.upload(request, lines, new TypeReference<>() {});
  }

  /**
   * A page of what differs from another version to this one.
   *
   * @param from v1, or dataset@v1
   * @param cursor of the page before; null for the first
   */
  public Diff diff(String from, String version, @Nullable String cursor) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("from", from);
    parameters.put("cursor", cursor);
    parameters.put("limit", DIFF_PAGE);
    return http.send(
        ApiRequest.get(at(version) + "/diff" + ApiRequest.query(parameters)),
        new TypeReference<>() {});
  }

  /**
   * Brings into a draft what another version did since both began with the same one.
   *
   * @param resolution ours or theirs, for paths that both changed; null: refuse
   * @throws SluiceProblemException with code {@code merge-conflict}, naming the paths
   */
  public Merged merge(String draft, String from, @Nullable String resolution) {
    Map<String, String> body =
        resolution == null ? Map.of("from", from) : Map.of("from", from, "resolution", resolution);
    return http.send(
        ApiRequest.of("POST", at(draft) + "/merge").json(body), new TypeReference<>() {});
  }

  /** Gives single paths of a draft what another version has there. */
  public Restored restore(String draft, String from, List<String> paths) {
    return http.send(
        ApiRequest.of("POST", at(draft) + "/restore").json(Map.of("from", from, "paths", paths)),
        new TypeReference<>() {});
  }

  /** Gives all paths of a draft that begin so what another version has there. */
  public Restored restorePrefix(String draft, String from, String prefix) {
    return http.send(
        ApiRequest.of("POST", at(draft) + "/restore").json(Map.of("from", from, "prefix", prefix)),
        new TypeReference<>() {});
  }

  /** A new sealed version with the files of an earlier one. */
  public Version rollback(String to) {
    String dataset = root.substring(0, root.lastIndexOf('/'));
    return http.send(
        ApiRequest.create(dataset + "/rollback", Map.of("to", to)), new TypeReference<>() {});
  }

  /** A new dataset whose first version has the files of this one. */
  public Version copy(String version, String name) {
    return http.send(
        ApiRequest.create(at(version) + "/clone", Map.of("name", name)), new TypeReference<>() {});
  }

  /** A version in figures. */
  public Statistics statistics(String version) {
    return http.send(ApiRequest.get(at(version) + "/statistics"), new TypeReference<>() {});
  }

  /** In which versions on the way to this one a path was added, changed or removed. */
  public FileHistory history(String version, String path) {
    String target = at(version) + "/history/" + ApiRequest.encodePath(path);
    return http.send(ApiRequest.get(target), new TypeReference<>() {});
  }

  /** How the version came to be. */
  public Lineage lineage(String version) {
    return lineage(version, null, null);
  }

  /**
   * How the version came to be, or what became of it.
   *
   * @param direction up, down or both; null is up
   * @param depth how many steps; null for as many as the service allows
   */
  public Lineage lineage(String version, @Nullable String direction, @Nullable Integer depth) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("direction", direction);
    parameters.put("depth", depth);
    String target = at(version) + "/lineage" + ApiRequest.query(parameters);
    return http.send(ApiRequest.get(target), new TypeReference<>() {});
  }

  /** The version as Croissant 1.1, a document of JSON-LD. */
  public JsonNode croissant(String version) {
    ApiRequest request =
        ApiRequest.get(at(version) + "/croissant").with("Accept", "application/ld+json");
    return http.send(request, new TypeReference<>() {});
  }

  private String at(String version) {
    return root + ApiRequest.path(version);
  }
}
