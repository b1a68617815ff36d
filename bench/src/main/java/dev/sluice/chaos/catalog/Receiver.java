package dev.sluice.chaos.catalog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Takes what webhooks bring and what OpenLineage tells, each project for itself. */
final class Receiver implements AutoCloseable {
  private static final String LINEAGE = "/openlineage";

  private final HttpServer server;
  private final Map<String, List<String>> byPath = new ConcurrentHashMap<>();
  private final Map<String, List<String>> runEvents = new ConcurrentHashMap<>();

  private Receiver(HttpServer server) {
    this.server = server;
  }

  static Receiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Receiver receiver = new Receiver(server);
    server.createContext("/", receiver::take);
    server.createContext(LINEAGE, receiver::takeRunEvent);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return receiver;
  }

  String url(String project) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + project;
  }

  /** Where run events of OpenLineage are taken. */
  String lineageUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + LINEAGE;
  }

  /** Ids of what came, in the order of its first arrival. */
  List<String> of(String project) {
    return byPath.getOrDefault("/" + project, List.of()).stream().distinct().toList();
  }

  /** Run events of a project in the judge's words, in the order of their first arrival. */
  List<String> runEventsOf(String project) {
    return runEvents.getOrDefault(project, List.of()).stream().distinct().toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byPath
          .computeIfAbsent(exchange.getRequestURI().getPath(), p -> new CopyOnWriteArrayList<>())
          .add(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private void takeRunEvent(HttpExchange exchange) throws IOException {
    try (exchange) {
      var event = CatalogApi.JSON.readTree(exchange.getRequestBody().readAllBytes());
      runEvents
          .computeIfAbsent(RunEvents.project(event), p -> new CopyOnWriteArrayList<>())
          .add(RunEvents.words(event));
      exchange.sendResponseHeaders(201, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
