package dev.sluice.processing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for catalog-service: project {@code demo} with the editor ada and the viewer vic,
 * dataset {@code docs@v1} with two text files, {@code tables@v1}, {@code code@v1}.
 */
final class FakeCatalog {
  static final FakeCatalog INSTANCE = new FakeCatalog();

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The files of {@code tables@v1}: four tables of fifty rows. */
  static final Map<String, byte[]> TABLES = tables();

  /** The files of {@code code@v1}: a program and what it imports. */
  static final Map<String, byte[]> CODE = code();

  private final Map<String, Integer> versions = new ConcurrentHashMap<>();
  private final Map<String, String> manifests = new ConcurrentHashMap<>();
  private final AtomicInteger lastVersion = new AtomicInteger();
  private final List<String> reserved = new CopyOnWriteArrayList<>();
  private final List<String> released = new CopyOnWriteArrayList<>();
  private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
  private final HttpServer server;
  private volatile boolean away;

  private FakeCatalog() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void away(boolean isAway) {
    away = isAway;
  }

  /** Bodies of the reservations. */
  List<String> reserved() {
    return reserved;
  }

  /** Runs whose draft was given back. */
  List<String> released() {
    return released;
  }

  boolean hasReleased(String run) {
    return released.stream().anyMatch(path -> path.contains(run));
  }

  /** A version of {@code chunks} that is deleted. */
  void forget(String version) {
    forgotten.add(version);
  }

  /**
   * Has a sealed version of the demo project.
   *
   * @param version for example {@code chunks@v1}
   * @param files path and content of each, which lie below {@code key} in the store
   */
  void seals(String version, String key, Map<String, byte[]> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach((path, content) -> lines.append(line(path, key + path, content)));
    manifests.put(version, lines.toString());
  }

  private static String versionIn(String path) {
    String[] names = path.split("/", -1);
    return names.length < 4 ? "" : names[names.length - 4] + "@" + names[names.length - 2];
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (away) {
        send(exchange, 503, "{}");
      } else if (path.endsWith("/members/ada")) {
        send(exchange, 200, "{\"role\":\"editor\"}");
      } else if (path.endsWith("/members/vic")) {
        send(exchange, 200, "{\"role\":\"viewer\"}");
      } else if (path.endsWith("/docs/versions/v1") || path.endsWith("/docs/versions/latest")) {
        send(exchange, 200, "{\"version\":\"v1\",\"state\":\"sealed\"}");
      } else if (path.matches(".*/chunks/versions/v\\d+")) {
        String version = path.substring(path.lastIndexOf('/') + 1);
        boolean gone = forgotten.contains(version);
        send(
            exchange,
            gone ? 404 : 200,
            gone ? "{\"code\":\"version-not-found\"}" : sealed(version));
      } else if (path.endsWith("/docs/versions/v1/manifest")) {
        send(exchange, 200, file("a.txt") + file("b/b.txt") + file("c.md"));
      } else if (path.matches(".*/(tables|code)/versions/(v1|latest)")) {
        send(exchange, 200, "{\"version\":\"v1\",\"state\":\"sealed\"}");
      } else if (path.endsWith("/tables/versions/v1/manifest")) {
        send(exchange, 200, lines("tables", TABLES));
      } else if (path.endsWith("/code/versions/v1/manifest")) {
        send(exchange, 200, lines("code", CODE));
      } else if (path.endsWith("/manifest") && manifests.containsKey(versionIn(path))) {
        send(exchange, 200, manifests.getOrDefault(versionIn(path), ""));
      } else if (manifests.containsKey(versionIn(path + "/manifest"))) {
        send(exchange, 200, "{\"version\":\"v1\",\"state\":\"sealed\"}");
      } else if (path.endsWith("/release")) {
        released.add(path);
        send(exchange, 200, "{}");
      } else if (path.endsWith("/reservations")) {
        reserved.add(body);
        send(exchange, 201, reservation(body));
      } else {
        send(exchange, 404, "{\"code\":\"not-found\",\"detail\":\"there is no " + path + "\"}");
      }
    }
  }

  private static String sealed(String version) {
    return "{\"version\":\"%s\",\"state\":\"sealed\"}".formatted(version);
  }

  /** Each run gets a version of its own, the same whenever it asks. */
  private String reservation(String body) throws IOException {
    String run = JSON.readTree(body).path("runId").asText();
    int number = versions.computeIfAbsent(run, unknown -> lastVersion.incrementAndGet());
    return """
        {"datasetId":"7b6e0a52-6a5b-4f0e-9f0e-0c8f6b1c2d3e","dataset":"chunks",
         "version":"v%1$d","keyPrefix":"dataset/chunks/v%1$d/"}
        """
        .formatted(number);
  }

  /** What each file of {@code docs@v1} holds. */
  static byte[] content(String path) {
    return ("# " + path + "\n\nWater flows through the sluice.\n").getBytes(UTF_8);
  }

  private static String lines(String dataset, Map<String, byte[]> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach(
        (path, content) -> lines.append(line(path, "dataset/" + dataset + "/v1/" + path, content)));
    return lines.toString();
  }

  private static Map<String, byte[]> tables() {
    Map<String, byte[]> files = new TreeMap<>();
    for (int table = 0; table < 4; table++) {
      StringBuilder csv = new StringBuilder("id,word\n");
      for (int row = 0; row < 50; row++) {
        csv.append(table * 50 + row).append(",word").append(row).append('\n');
      }
      files.put("t" + table + ".csv", csv.toString().getBytes(UTF_8));
    }
    return files;
  }

  private static Map<String, byte[]> code() {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : List.of("probe.py", "word.py")) {
      try (InputStream in = FakeCatalog.class.getResourceAsStream("/code/" + name)) {
        files.put("src/" + name, Objects.requireNonNull(in, name).readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static String file(String path) {
    return line(path, "dataset/docs/v1/" + path, content(path));
  }

  private static String line(String path, String key, byte[] content) {
    return """
        {"path":"%s","size":%d,"sha256":"%s","mediaType":"text/plain","objectKey":"%s"}
        """
        .formatted(path, content.length, sha256(content), key);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
