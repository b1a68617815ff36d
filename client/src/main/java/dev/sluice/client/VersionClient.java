package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Versions of one dataset; wherever a version is named, {@code latest} is the newest sealed. */
public final class VersionClient {

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
  public void drop(String version) {
    http.send(ApiRequest.of("DELETE", at(version)));
  }

  /** Recommends a sealed version. */
  public Version release(String version) {
    return http.send(ApiRequest.of("POST", at(version) + "/release"), new TypeReference<>() {});
  }

  /** Takes a version out of use. */
  public Version withdraw(String version) {
    return http.send(ApiRequest.of("POST", at(version) + "/withdraw"), new TypeReference<>() {});
  }

  /** The files whose path starts with the prefix; null lists all. */
  public Stream<FileEntry> files(String version, @Nullable String prefix) {
    return Paging.of(
        http,
        at(version) + "/files",
        Collections.<String, @Nullable Object>singletonMap("prefix", prefix),
        new TypeReference<>() {});
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

  /** How the version came to be. */
  public Lineage lineage(String version) {
    return http.send(ApiRequest.get(at(version) + "/lineage"), new TypeReference<>() {});
  }

  private String at(String version) {
    return root + ApiRequest.path(version);
  }
}
