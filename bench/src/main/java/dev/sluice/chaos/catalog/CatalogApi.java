package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests about one project as any HTTP client makes them. A client that hears nothing asks the
 * next of its addresses, if there are several.
 */
final class CatalogApi {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration GIVES_UP = Duration.ofMinutes(4);
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
  private static final int INTERNAL = 500;
  private static final int TOO_MANY = 429;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final String token;
  private final String project;
  private volatile List<String> roots;
  private volatile Duration patience;
  private volatile int turn;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  CatalogApi(String root, String token, String project) {
    this.roots = List.of(root);
    this.token = token;
    this.project = project;
    this.patience = Duration.ofSeconds(20);
  }

  /** What the service answered. */
  record Answer(int status, JsonNode json, String text, String etag) {
    boolean ok() {
      return status < 300;
    }
  }

  String root() {
    return roots.getFirst();
  }

  String project() {
    return project;
  }

  /** As this one, for somebody else. */
  CatalogApi as(String otherToken) {
    return new CatalogApi(roots.getFirst(), otherToken, project);
  }

  /** As this one, past the gateway. */
  CatalogApi at(String root) {
    return new CatalogApi(root, token, project);
  }

  /** Where to ask, one after the other, and how long to wait for an answer. */
  void ask(List<String> at, Duration limit) {
    roots = List.copyOf(at);
    patience = limit;
    turn = 0;
  }

  long asked() {
    return asked.get();
  }

  long lost() {
    return lost.get();
  }

  /** Asks once; empty when nobody knows whether it was done. */
  Optional<Answer> once(String method, String path, Object body, String... headers) {
    asked.incrementAndGet();
    int mine = turn;
    List<String> at = roots;
    try {
      Answer answer = send(at.get(mine % at.size()), method, path, body, headers);
      if (answer.status() < INTERNAL) {
        return Optional.of(answer);
      }
    } catch (IOException nobody) {
      turn = mine + 1;
    }
    lost.incrementAndGet();
    return Optional.empty();
  }

  /** Asks again until there is an answer that is not about the service's own trouble. */
  Answer insist(String method, String path, Object body, String... headers) {
    long deadline = System.nanoTime() + GIVES_UP.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<Answer> answer = once(method, path, body, headers);
      if (answer.isPresent() && answer.get().status() != TOO_MANY) {
        return answer.get();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IllegalStateException(method + " " + path + " came to no end");
  }

  /** As {@link #insist}, and the answer has to be yes, or one of these. */
  JsonNode done(String method, String path, Object body, Integer... alsoGood) {
    Answer answer = insist(method, path, body);
    if (!answer.ok() && !List.of(alsoGood).contains(answer.status())) {
      throw new IllegalStateException(
          method + " " + path + ": " + answer.status() + " " + answer.text());
    }
    return answer.json();
  }

  private Answer send(String root, String method, String path, Object body, String... headers)
      throws IOException {
    boolean lines = path.endsWith("/edits");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + "/api/v1/projects" + whole(path)))
            .timeout(patience)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", lines ? "application/x-ndjson" : "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    String text = body instanceof String given ? given : JSON.writeValueAsString(body);
    request.method(
        method, text.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(text));
    HttpResponse<String> answer;
    try {
      answer = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return new Answer(
        answer.statusCode(),
        parsed(answer.body()),
        answer.body(),
        answer.headers().firstValue("ETag").orElse(""));
  }

  private String whole(String path) {
    return path.startsWith("!") ? path.substring(1) : "/" + project + path;
  }

  static Map<String, Object> body(Object... members) {
    Map<String, Object> all = new java.util.LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      all.put(String.valueOf(members[i]), members[i + 1]);
    }
    return all;
  }

  private static JsonNode parsed(String body) {
    try {
      return body.isEmpty() || body.charAt(0) != '{' ? JSON.nullNode() : JSON.readTree(body);
    } catch (IOException noJson) {
      return JSON.nullNode();
    }
  }
}
