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
    parameters.put("q", filter.text());
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
  public void purge(String id) {
    http.send(ApiRequest.of("DELETE", trash + ApiRequest.path(id)));
  }

  private String at(String name) {
    return root + ApiRequest.path(name);
  }

  private static @Nullable String lowerCase(@Nullable DataType type) {
    return type == null ? null : type.name().toLowerCase(Locale.ROOT);
  }
}
