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

/** Stands in for upload-service's imports, which go as a test says. */
final class FakeUploads {
  static final FakeUploads INSTANCE = new FakeUploads();
  private static final String RUNNING = "{\"state\":\"running\",\"filesDone\":1,\"filesTotal\":3}";

  private final Map<String, String> orders = new ConcurrentHashMap<>();
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final List<String> cancelled = new CopyOnWriteArrayList<>();
  private final HttpServer server = server();
  private volatile String files = "";

  private FakeUploads() {
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The order of an import, as JSON; empty when nobody asked. */
  String order(String id) {
    return orders.getOrDefault(id, "");
  }

  /** Has the import answer so from now on. */
  void say(String id, String answer) {
    states.put(id, answer);
  }

  /** What imports list as their files, as JSON objects with commas between. */
  void files(String items) {
    files = items;
  }

  /** Imports that were stopped. */
  List<String> cancelled() {
    return cancelled;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    try (exchange) {
      if (path.length > 5 && path[5].equals("files")) {
        send(exchange, 200, "{\"items\":[" + files + "],\"nextCursor\":null}");
      } else if (path.length > 5) {
        cancelled.add(path[4]);
        send(exchange, 200, "{}");
      } else {
        orders.putIfAbsent(path[4], body);
        send(exchange, 200, states.getOrDefault(path[4], RUNNING));
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
