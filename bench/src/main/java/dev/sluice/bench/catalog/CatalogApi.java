package dev.sluice.bench.catalog;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The API as a client sees it: one connection, nothing but the JDK's client and Jackson. */
final class CatalogApi implements AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int OK = 200;
  private static final int REDIRECTED = 300;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String versions;
  private final String token;

  /**
   * @param versions address of a dataset's versions
   */
  CatalogApi(String versions, String token) {
    this.versions = versions;
    this.token = token;
  }

  <T> T get(String path, Class<T> type) throws IOException, InterruptedException {
    return read(request(path).GET().build(), type);
  }

  <T> T post(String path, String type, BodyPublisher body, Class<T> as)
      throws IOException, InterruptedException {
    return read(request(path).header("Content-Type", type).POST(body).build(), as);
  }

  <T> T post(String path, String json, Class<T> as) throws IOException, InterruptedException {
    return post(path, "application/json", BodyPublishers.ofString(json), as);
  }

  void delete(String path) throws IOException, InterruptedException {
    send(request(path).DELETE().build()).close();
  }

  /** The answer's body while it comes. */
  InputStream stream(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(versions + path))
        .header("Authorization", "Bearer " + token);
  }

  private <T> T read(HttpRequest request, Class<T> type) throws IOException, InterruptedException {
    try (InputStream body = send(request)) {
      return JSON.readValue(body, type);
    }
  }

  private InputStream send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() < OK || response.statusCode() >= REDIRECTED) {
      try (InputStream body = response.body()) {
        throw new IOException(
            "%s %s: %d %s"
                .formatted(
                    request.method(),
                    request.uri(),
                    response.statusCode(),
                    new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
      }
    }
    return response.body();
  }

  /** Lines of JSON. */
  static <T> T line(String text, Class<T> type) throws IOException {
    return JSON.readValue(text, type);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
