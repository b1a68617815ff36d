package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.client.FileEntry;
import dev.sluice.client.Json;
import dev.sluice.client.VersionDigest;
import dev.sluice.client.upload.Checksum;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** All services of the main job, as one small program that keeps everything in memory. */
final class DemoWorld implements AutoCloseable {

  static final int ROWS = 41;
  private static final int PART = 8 << 20;
  private static final String PROJECT = "/api/v1/projects/demo";
  private static final String CHUNKS = PROJECT + "/datasets/handbook-chunks";
  private static final String BOOK = PROJECT + "/datasets/handbook/versions";
  private static final String OUTPUT =
      "{\"dataset\":\"handbook-chunks\",\"version\":\"v1\",\"state\":\"sealed\",\"files\":1,"
          + "\"bytes\":9,\"producedBy\":{\"kind\":\"run\",\"runId\":\"run-1\"},"
          + "\"inputs\":[{\"dataset\":\"handbook\",\"version\":\"v1\"}],"
          + "\"indexes\":[{\"collection\":\"c\",\"points\":41}]}";

  private final HttpServer server;
  private final Map<String, ObjectNode> uploads = new ConcurrentHashMap<>();
  private final Map<String, Map<Integer, byte[]>> parts = new ConcurrentHashMap<>();
  private boolean draft = true;
  private int points = ROWS;
  private boolean tampered;

  DemoWorld() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** One vector gets lost. */
  void losesAPoint() {
    points = ROWS - 1;
  }

  /** The store returns other bytes than it was given. */
  void tampers() {
    tampered = true;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      byte[] answer =
          path.startsWith("/store/")
              ? store(exchange, path.substring(7), body)
              : api(exchange.getRequestMethod() + " " + path, body)
                  .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private byte[] store(HttpExchange exchange, String key, byte[] body) {
    if (exchange.getRequestMethod().equals("PUT")) {
      int slash = key.lastIndexOf('/');
      content(key.substring(0, slash)).put(Integer.parseInt(key.substring(slash + 1)), body);
      exchange.getResponseHeaders().add("ETag", "\"e\"");
      return new byte[0];
    }
    byte[] whole = whole(key);
    if (tampered) {
      whole[0]++;
    }
    return whole;
  }

  private String api(String request, byte[] body) throws IOException {
    if (request.contains("/api/v1/uploads")) {
      return upload(request, body);
    }
    return switch (request) {
      case "GET " + PROJECT -> "{\"name\":\"demo\",\"bucket\":\"sluice-demo\"}";
      case "GET " + PROJECT + "/datasets/handbook" ->
          "{\"name\":\"handbook\",\"dataType\":\"text\",\"displayName\":\"The handbook\","
              + "\"applicationScenario\":\"question answering\",\"creator\":\"ada\"}";
      case "GET " + CHUNKS -> "{\"name\":\"handbook-chunks\",\"dataType\":\"table\"}";
      case "PUT /api/v1/recipes/demo/handbook-chunks" ->
          "{\"model\":\"m\",\"textColumn\":\"text\",\"distance\":\"cosine\"}";
      case "POST " + BOOK, "GET " + BOOK + "/v1" -> version();
      case "GET " + BOOK + "/v1/files" -> "{\"items\":[]}";
      case "POST " + BOOK + "/v1/seal" -> seal();
      case "POST " + BOOK + "/v1/urls" -> addresses(Json.mapper().readTree(body).path("globs"));
      case "GET " + BOOK + "/v1/manifest" -> manifest();
      case "POST /api/v1/runs" ->
          "{\"id\":\"run-1\",\"state\":\"succeeded\",\"rows\":41,"
              + "\"output\":{\"dataset\":\"handbook-chunks\",\"version\":\"v1\"}}";
      case "GET " + CHUNKS + "/versions/v1" -> OUTPUT;
      case "GET " + CHUNKS + "/versions/v1/manifest" ->
          "{\"path\":\"part.parquet\",\"size\":9,\"sha256\":\"a\",\"mediaType\":\"p\",\"rows\":41}";
      case "GET " + CHUNKS + "/versions/v1/lineage" ->
          "{\"nodes\":[{\"id\":\"n\",\"dataset\":\"handbook\",\"version\":\"v1\"}],\"edges\":[]}";
      case "GET /api/v1/indexes/demo/handbook-chunks/v1" ->
          "{\"state\":\"indexed\",\"points\":" + points + ",\"rows\":41}";
      case "POST /api/v1/search" -> hits();
      default -> throw new IOException("nobody said what to answer to " + request);
    };
  }

  private String upload(String request, byte[] body) throws IOException {
    String[] words = request.split("[ /?]", -1);
    if (request.startsWith("GET /api/v1/uploads/chunks")) {
      return "{\"uploadId\":\"\",\"done\":false}";
    }
    if (request.equals("POST /api/v1/uploads")) {
      return announce((ObjectNode) Json.mapper().readTree(body));
    }
    if (request.equals("POST /api/v1/uploads/batch")) {
      return batch(Json.mapper().readTree(body).path("files"));
    }
    if (request.equals("POST /api/v1/uploads/batch/complete")) {
      return complete(Json.mapper().readTree(body).path("uploads"));
    }
    if (request.equals("GET /api/v1/uploads/summary")) {
      return "{}";
    }
    if (request.equals("GET /api/v1/uploads")) {
      return "{\"items\":[]}";
    }
    ObjectNode upload = Objects.requireNonNull(uploads.get(words[5]));
    String step = words.length > 6 ? words[6] : "";
    return switch (step) {
      case "urls" -> urls(words[5], Json.mapper().readTree(body).path("partNumbers"));
      case "chunks" -> "{\"partsDone\":1,\"partsTotal\":1}";
      case "complete" -> upload.put("state", "completed").toString();
      default -> upload.toString();
    };
  }

  private String batch(JsonNode files) throws IOException {
    ArrayNode answers = Json.mapper().createArrayNode();
    for (JsonNode file : files) {
      ObjectNode answer = (ObjectNode) Json.mapper().readTree(announce(file.deepCopy()));
      String url = address() + "/store/" + answer.path("uploadId").asText() + "/1";
      answer.putObject("part").put("partNumber", 1).put("url", url);
      answers.add(answer);
    }
    return Json.mapper().createObjectNode().set("files", answers).toString();
  }

  private String complete(JsonNode asked) {
    ArrayNode answers = Json.mapper().createArrayNode();
    for (JsonNode each : asked) {
      String id = each.path("uploadId").asText();
      answers.add(Objects.requireNonNull(uploads.get(id)).put("state", "completed").deepCopy());
    }
    return Json.mapper().createObjectNode().set("uploads", answers).toString();
  }

  private String announce(ObjectNode upload) {
    String path = upload.path("path").asText();
    String id = "u" + path.replace('/', '_');
    int count = (int) ((upload.path("size").asLong() + PART - 1) / PART);
    upload.put("uploadId", id).put("partSize", PART).put("partCount", Math.max(1, count));
    upload.put("state", path.endsWith(".png") ? "ignored" : "open");
    uploads.put(id, upload);
    return upload.toString();
  }

  private String urls(String id, JsonNode numbers) {
    ArrayNode urls = Json.mapper().createArrayNode();
    for (JsonNode number : numbers) {
      urls.addObject()
          .put("partNumber", number.asInt())
          .put("url", address() + "/store/" + id + "/" + number.asInt());
    }
    return Json.mapper().createObjectNode().set("urls", urls).toString();
  }

  private String seal() throws IOException {
    draft = false;
    return version();
  }

  private String version() throws IOException {
    ObjectNode version = Json.mapper().createObjectNode();
    version
        .put("dataset", "handbook")
        .put("version", "v1")
        .put("digest", VersionDigest.of(files().stream()));
    return version.put("state", draft ? "draft" : "sealed").toString();
  }

  private String addresses(JsonNode paths) throws IOException {
    Set<String> asked = new HashSet<>();
    paths.forEach(path -> asked.add(path.asText()));
    ArrayNode items = Json.mapper().createArrayNode();
    for (FileEntry file : files()) {
      if (asked.contains(file.path())) {
        items
            .addObject()
            .put("path", file.path())
            .put("size", file.size())
            .put("sha256", file.sha256())
            .put("url", address() + "/store/" + idOf(file.path()));
      }
    }
    return Json.mapper().createObjectNode().set("items", items).toString();
  }

  private String manifest() throws IOException {
    return files().stream().map(Json::write).collect(Collectors.joining("\n"));
  }

  private List<FileEntry> files() throws IOException {
    Map<String, FileEntry> files = new TreeMap<>();
    for (ObjectNode upload : uploads.values()) {
      if (upload.path("state").asText().equals("completed")) {
        byte[] whole = whole(upload.path("uploadId").asText());
        String sha256 = Checksum.sha256(new ByteArrayInputStream(whole));
        String path = upload.path("path").asText();
        files.put(path, new FileEntry(path, whole.length, sha256, "text/plain", "k", null, null));
      }
    }
    return List.copyOf(files.values());
  }

  private byte[] whole(String id) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    content(id).values().forEach(all::writeBytes);
    return all.toByteArray();
  }

  private Map<Integer, byte[]> content(String id) {
    return parts.computeIfAbsent(id, key -> new ConcurrentSkipListMap<>());
  }

  private static String idOf(String path) {
    return "u" + path.replace('/', '_');
  }

  private static String hits() {
    return SearchStep.QUESTIONS.stream()
        .map(question -> question.documents().getFirst())
        .map(path -> "{\"score\":0.5,\"text\":\"t\",\"path\":\"" + path + "\",\"version\":\"v1\"}")
        .collect(Collectors.joining(",", "{\"hits\":[", "],\"model\":\"m\",\"tookMs\":1}"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
