package dev.sluice.upload.component;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A catalog whose every project has an editor (ada, bob) and a viewer (vic), datasets named by
 * their type (text-1, image-1), draft v1, sealed v2 and v3 of a run.
 */
public final class CatalogFake implements QuarkusTestResourceLifecycleManager {
  private static final Pattern MEMBER = Pattern.compile("/api/v1/projects/([^/]+)/members/(.+)");
  private static final Pattern DATASET =
      Pattern.compile("/api/v1/projects/([^/]+)/datasets/((text|image|table|binary)-[^/]+)");
  private static final Pattern VERSION = Pattern.compile(DATASET.pattern() + "/versions/(v[123])");
  private static final Map<String, String> ROLES =
      Map.of("ada", "editor", "bob", "editor", "vic", "viewer", "olga", "owner");

  /** A project whose drafts say of every path that somebody took it out. */
  static final String EMPTIED = "emptied";

  /** Content that every project holds already, at {@link #HELD_KEY}. */
  static final byte[] HELD = "content that is held already\n".getBytes(StandardCharsets.UTF_8);

  /** Content that was erased from every project and must not come back. */
  static final byte[] ERASED = "what a person wants forgotten\n".getBytes(StandardCharsets.UTF_8);

  static final String HELD_KEY = "dataset/older/v1/held.txt";

  private HttpServer server;

  /** The id that the fake gives a dataset. */
  static UUID idOf(String project, String dataset) {
    return UUID.nameUUIDFromBytes((project + "/" + dataset).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", CatalogFake::answer);
    server.start();
    return Map.of("sluice.catalog.url", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Optional<String> body =
        path.endsWith("/" + EMPTIED + "/holdings")
            ? Optional.of(emptied(exchange.getRequestBody().readAllBytes()))
            : body(path);
    byte[] bytes = body.orElse("{}").getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(body.isPresent() ? 200 : 404, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Optional<String> body(String path) {
    if (path.endsWith("/holdings/keys")) {
      return Optional.of("{\"owned\": [\"" + HELD_KEY + "\"]}");
    }
    if (path.endsWith("/holdings/blocked")) {
      return Optional.of("{\"blocked\": " + blocked() + "}");
    }
    if (path.endsWith("/holdings")) {
      return Optional.of(holdings(path));
    }
    Matcher member = MEMBER.matcher(path);
    if (member.matches()) {
      return Optional.ofNullable(ROLES.get(member.group(2)))
          .map(role -> "{\"user\":\"%s\",\"role\":\"%s\"}".formatted(member.group(2), role));
    }
    Matcher version = VERSION.matcher(path);
    if (version.matches()) {
      return Optional.of(version(version.group(4)));
    }
    Matcher dataset = DATASET.matcher(path);
    return dataset.matches()
        ? Optional.of(dataset(dataset.group(1), dataset.group(2), dataset.group(3)))
        : Optional.empty();
  }

  /** Every project holds {@link #HELD}; project {@code tight} has room for 1,000 bytes. */
  private static String holdings(String path) {
    return """
        {"objects": [{"sha256": "%s", "size": %d, "objectKey": "%s", "mediaType": "text/plain",
          "crc32c": "0badcafe"}],
         "sizes": [%d], "usedBytes": 0, "quotaBytes": %s, "blocked": %s}"""
        .formatted(
            UploadCalls.sha256(HELD),
            HELD.length,
            HELD_KEY,
            HELD.length,
            path.contains("/tight/") ? "1000" : "null",
            blocked());
  }

  /** What every catalog of these tests keeps out. */
  static String blocked() {
    return "[{\"sha256\": \"%s\", \"reason\": \"request 17\"}]"
        .formatted(UploadCalls.sha256(ERASED));
  }

  private static String emptied(byte[] question) {
    JsonObject answer = new JsonObject(holdings(""));
    JsonObject draft = new JsonObject(Buffer.buffer(question)).getJsonObject("draft");
    if (draft != null) {
      JsonArray removed = new JsonArray();
      for (Object path : draft.getJsonArray("paths")) {
        removed.add(new JsonObject().put("path", path).putNull("sha256"));
      }
      answer.put("draft", new JsonObject().put("files", removed));
    }
    return answer.encode();
  }

  private static String dataset(String project, String name, String type) {
    return "{\"id\":\"%s\",\"project\":\"%s\",\"name\":\"%s\",\"dataType\":\"%s\"}"
        .formatted(idOf(project, name), project, name, type);
  }

  private static String version(String name) {
    return "{\"version\":\"%s\",\"state\":\"%s\",\"producedBy\":{\"kind\":\"%s\"}}"
        .formatted(
            name, name.equals("v2") ? "sealed" : "draft", name.equals("v3") ? "run" : "upload");
  }
}
