package dev.sluice.vectorsink.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.support.identity.CatalogConfig;
import dev.sluice.support.identity.ServiceToken;
import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VectorSinkProblem.DatasetNotFound;
import dev.sluice.vectorsink.VectorSinkProblem.VersionNotFound;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Asks the catalog about datasets, versions and their files, as this service. */
@ApplicationScoped
public class CatalogClient {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final ServiceToken token;
  private final CatalogConfig config;
  private final ObjectMapper json;
  private final WebClient http;

  CatalogClient(ServiceToken token, CatalogConfig config, ObjectMapper json, Vertx vertx) {
    this.token = token;
    this.config = config;
    this.json = json;
    this.http = WebClient.create(vertx);
  }

  /** The dataset of that name; 404 when there is none. */
  public Uni<CatalogDataset> dataset(DatasetKey key) {
    return get(dataset(key, ""))
        .map(
            body ->
                read(
                    body.orElseThrow(
                        () -> new DatasetNotFound(key.project(), key.dataset()).exception()),
                    CatalogDataset.class));
  }

  /** The version of that label, or the newest sealed one for {@code latest}. */
  public Uni<Optional<CatalogVersion>> findVersion(DatasetKey key, String version) {
    return get(dataset(key, "/versions/" + version))
        .map(body -> body.map(text -> read(text, CatalogVersion.class)));
  }

  /** As {@link #findVersion}; 404 when there is none. */
  public Uni<CatalogVersion> version(DatasetKey key, String version) {
    return findVersion(key, version)
        .map(
            found ->
                found.orElseThrow(() -> new VersionNotFound(key.dataset(), version).exception()));
  }

  /** All files of a version. */
  Uni<List<SourceFile>> manifest(DatasetKey key, String version) {
    return get(dataset(key, "/versions/" + version + "/manifest"))
        .map(
            body -> body.orElseThrow(() -> new VersionNotFound(key.dataset(), version).exception()))
        .map(
            lines ->
                lines
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> read(line, SourceFile.class))
                    .toList());
  }

  private Uni<Optional<String>> get(String path) {
    return token
        .bearer()
        .flatMap(
            bearer ->
                http.getAbs(config.url() + path)
                    .putHeader("Authorization", bearer)
                    .timeout(config.timeout().toMillis())
                    .send())
        .map(CatalogClient::bodyOf)
        .onFailure(java.io.IOException.class)
        .transform(away -> new PartAway("The catalog").exception());
  }

  private static Optional<String> bodyOf(HttpResponse<Buffer> answer) {
    return switch (answer.statusCode()) {
      case OK -> Optional.of(String.valueOf(answer.bodyAsString()));
      case NOT_FOUND -> Optional.empty();
      default -> throw new PartAway("The catalog").exception();
    };
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the catalog said something else than agreed", e);
    }
  }

  private static String dataset(DatasetKey key, String rest) {
    return "/api/v1/projects/" + key.project() + "/datasets/" + key.dataset() + rest;
  }
}
