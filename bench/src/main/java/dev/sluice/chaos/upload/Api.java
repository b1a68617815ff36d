package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests as any HTTP client makes them; knows nothing of Sluice's own client. */
public final class Api {
  public static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int INTERNAL = 500;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final String root;
  private final String token;

  public Api(String root, String token) {
    this.root = root;
    this.token = token;
  }

  /**
   * What the service answered.
   *
   * @param json a null node when there was no JSON
   */
  public record Answer(int status, JsonNode json, String text) {
    public boolean ok() {
      return status < 300;
    }

    boolean retry() {
      return status >= INTERNAL || status == 429;
    }

    public String code() {
      return json.path("code").asText();
    }
  }

  /** Asks once. */
  public Answer ask(String method, String path, Object body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json");
    boolean empty = body instanceof String text && text.isEmpty();
    request.method(
        method,
        empty ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)));
    HttpResponse<String> answer = send(request.build());
    return new Answer(answer.statusCode(), parsed(answer.body()), answer.body());
  }

  /** A PUT to an address of the store; answers status and ETag. */
  HttpResponse<String> put(String url, Map<String, String> headers, byte[] bytes, Duration limit)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(limit)
            .PUT(BodyPublishers.ofByteArray(bytes));
    headers.forEach(request::header);
    return send(request.build());
  }

  static String query(Map<String, ?> parameters) {
    return parameters.entrySet().stream()
        .map(
            e ->
                e.getKey()
                    + "="
                    + URLEncoder.encode(String.valueOf(e.getValue()), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return body.isEmpty() ? JSON.nullNode() : JSON.readTree(body);
    } catch (IOException noJson) {
      return JSON.nullNode();
    }
  }
}
