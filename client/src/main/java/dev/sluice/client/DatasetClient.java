package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Datasets of one project. */
public final class DatasetClient {

  private static final String MARKDOWN = "text/markdown";

  private final HttpTransport http;
  private final String root;
  private final String trash;

  DatasetClient(HttpTransport http, String project) {
    this.http = http;
    this.root = "/api/v1/projects" + ApiRequest.path(project, "datasets");
    this.trash = "/api/v1/projects" + ApiRequest.path(project, "trash");
  }

  /** Makes a dataset; the caller is its creator. */
  public Dataset create(NewDataset dataset) {
    return http.send(ApiRequest.create(root, dataset), new TypeReference<>() {});
  }

  /** The datasets that pass the filter. */
  public Stream<Dataset> list(DatasetFilter filter) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("scenario", filter.scenario());
    parameters.put("dataType", lowerCase(filter.dataType()));
    parameters.put("creator", filter.creator());
    parameters.put("licence", filter.licence());
    parameters.put("q", filter.text());
    parameters.put("sort", filter.sort());
    parameters.put("tag", filter.tags());
    return Paging.of(http, root, parameters, new TypeReference<>() {});
  }

  /** One dataset. */
  public Dataset get(String name) {
    return http.send(ApiRequest.get(at(name)), new TypeReference<>() {});
  }

  /**
   * Changes the description, built on the state read just before.
   *
   * @throws SluiceProblemException with status 412 when somebody else changed it in between
   */
  public Dataset update(String name, DatasetChange change) {
    HttpResponse<String> before = http.answer(ApiRequest.get(at(name)));
    ApiRequest patch = ApiRequest.of("PATCH", at(name)).json(change);
    String tag = before.headers().firstValue("ETag").orElse("*");
    return http.send(patch.with("If-Match", tag), new TypeReference<>() {});
  }

  /** The dataset's card, Markdown; empty until somebody writes it. */
  public String card(String name) {
    return http.text(ApiRequest.get(cardOf(name)).with("Accept", MARKDOWN));
  }

  /**
   * Replaces the card, built on the state read just before.
   *
   * @throws SluiceProblemException with status 412 when somebody else changed it in between
   */
  public void writeCard(String name, String markdown) {
    HttpResponse<String> before =
        http.answer(ApiRequest.get(cardOf(name)).with("Accept", MARKDOWN));
    String tag = before.headers().firstValue("ETag").orElse("*");
    http.send(
        ApiRequest.of("PUT", cardOf(name))
            .content(MARKDOWN, markdown)
            .with("Accept", MARKDOWN)
            .with("If-Match", tag));
  }

  /**
   * Which versions of the dataset are kept.
   *
   * @throws SluiceProblemException with status 404 when there is no rule
   */
  public RetentionRule retention(String name) {
    return http.send(ApiRequest.get(retentionOf(name)), new TypeReference<>() {});
  }

  /** Says which versions are kept from now on. */
  public RetentionRule keep(String name, RetentionRule rule, @Nullable String reason) {
    String query = ApiRequest.query(Collections.singletonMap("reason", reason));
    return http.send(
        ApiRequest.of("PUT", retentionOf(name) + query).json(rule), new TypeReference<>() {});
  }

  /** Keeps all versions from now on. */
  public void keepAll(String name, @Nullable String reason) {
    String query = ApiRequest.query(Collections.singletonMap("reason", reason));
    http.send(ApiRequest.of("DELETE", retentionOf(name) + query));
  }

  /**
   * What would happen to the versions now; nothing is done.
   *
   * @param other a rule to try instead of the dataset's own; null for its own
   */
  public RetentionPlan retentionPlan(String name, @Nullable RetentionRule other) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    if (other != null) {
      parameters.put("keepLast", other.keepLast());
      parameters.put("keepDays", other.keepDays());
      parameters.put("keepReleased", other.keepReleased());
    }
    return http.send(
        ApiRequest.get(retentionOf(name) + "/plan" + ApiRequest.query(parameters)),
        new TypeReference<>() {});
  }

  private String cardOf(String name) {
    return at(name) + "/card";
  }

  private String retentionOf(String name) {
    return at(name) + "/retention";
  }

  /** Puts a dataset with all its versions into the trash. */
  public void delete(String name, @Nullable String reason) {
    HttpResponse<String> before = http.answer(ApiRequest.get(at(name)));
    String tag = before.headers().firstValue("ETag").orElse("*");
    String query = ApiRequest.query(Collections.singletonMap("reason", reason));
    http.send(ApiRequest.of("DELETE", at(name) + query).with("If-Match", tag));
  }

  /** What lies in the trash, the oldest first. */
  public Stream<TrashedDataset> trash() {
    return Paging.of(http, trash, Map.of(), new TypeReference<>() {});
  }

  /**
   * Brings a dataset back from the trash.
   *
   * @throws SluiceProblemException with status 409 when a living one has its name
   */
  public void restore(String id, @Nullable String reason) {
    String query = ApiRequest.query(Collections.singletonMap("reason", reason));
    http.send(ApiRequest.of("POST", trash + ApiRequest.path(id, "restore") + query));
  }

  /** Gives a dataset in the trash up for good. */
  public void purge(String id, @Nullable String reason) {
    String query = ApiRequest.query(Collections.singletonMap("reason", reason));
    http.send(ApiRequest.of("DELETE", trash + ApiRequest.path(id) + query));
  }

  private String at(String name) {
    return root + ApiRequest.path(name);
  }

  private static @Nullable String lowerCase(@Nullable DataType type) {
    return type == null ? null : type.name().toLowerCase(Locale.ROOT);
  }
}
