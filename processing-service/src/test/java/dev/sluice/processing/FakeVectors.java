package dev.sluice.processing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands in for vector-sink-service: an index is made when it is asked for the second time. */
final class FakeVectors {
  static final FakeVectors INSTANCE = new FakeVectors();

  private final Map<String, String> recipes = new ConcurrentHashMap<>();
  private final Map<String, String> indexes = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server = server();

  private FakeVectors() {
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Gives a dataset of the demo project a recipe. */
  void recipe(String dataset, String json) {
    recipes.put("/api/v1/recipes/demo/" + dataset, json);
  }

  /** The recipe of a dataset, as it was put. */
  String recipe(String dataset) {
    return recipes.getOrDefault("/api/v1/recipes/demo/" + dataset, "");
  }

  /** Bodies of the requests for an index. */
  List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      switch (exchange.getRequestMethod()) {
        case "PUT" -> {
          recipes.put(path, body);
          send(exchange, 200, body);
        }
        case "POST" -> {
          asked.add(body);
          String version = body.replaceAll(".*\"version\":\"([^\"]+)\".*", "$1");
          indexes.put(version, "{\"state\":\"indexed\",\"points\":7}");
          send(exchange, 202, "{\"state\":\"indexing\",\"points\":3}");
        }
        default -> {
          String known =
              path.contains("/recipes/")
                  ? recipes.get(path)
                  : indexes.get(path.substring(path.lastIndexOf('/') + 1));
          send(exchange, known == null ? 404 : 200, known == null ? "{}" : known);
        }
      }
    }
  }

  private static HttpServer server() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
