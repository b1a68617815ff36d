package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Map;
import java.util.stream.Stream;

/** Recipes, indexes and search. */
public final class VectorClient {

  private static final String INDEXES = "/api/v1/indexes";

  private final HttpTransport http;

  VectorClient(HttpTransport http) {
    this.http = http;
  }

  /** Sets how a dataset becomes vectors; its newest sealed version is indexed at once. */
  public Recipe putRecipe(String project, String dataset, Recipe recipe) {
    Map<String, String> body =
        Map.of(
            "model", recipe.model(),
            "textColumn", recipe.textColumn(),
            "distance", recipe.distance());
    return http.send(
        ApiRequest.of("PUT", recipeOf(project, dataset)).json(body), new TypeReference<>() {});
  }

  /** The recipe of a dataset; 404 when it has none. */
  public Recipe recipe(String project, String dataset) {
    return http.send(ApiRequest.get(recipeOf(project, dataset)), new TypeReference<>() {});
  }

  /** Asks for the vectors of one version. */
  public Index index(IndexRequest request) {
    return http.send(ApiRequest.create(INDEXES, request), new TypeReference<>() {});
  }

  /** The indexes of a dataset. */
  public Stream<Index> indexes(String project, String dataset) {
    return Paging.of(
        http, INDEXES, Map.of("project", project, "dataset", dataset), new TypeReference<>() {});
  }

  /** The index of one version. */
  public Index index(String project, String dataset, String version) {
    return http.send(
        ApiRequest.get(INDEXES + ApiRequest.path(project, dataset, version)),
        new TypeReference<>() {});
  }

  /** The pieces of text nearest to a question. */
  public SearchAnswer search(SearchRequest request) {
    return http.send(
        ApiRequest.of("POST", "/api/v1/search").json(request), new TypeReference<>() {});
  }

  private static String recipeOf(String project, String dataset) {
    return "/api/v1/recipes" + ApiRequest.path(project, dataset);
  }
}
