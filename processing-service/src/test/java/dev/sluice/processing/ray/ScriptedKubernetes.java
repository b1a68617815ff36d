package dev.sluice.processing.ray;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers as the Kubernetes API does for RayJobs and the pods that submit them. */
final class ScriptedKubernetes implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOBS = "/apis/ray.io/v1/namespaces/sluice-jobs/rayjobs";
  private static final String PODS = "/api/v1/namespaces/sluice-jobs/pods";

  final Map<String, JsonNode> jobs = new ConcurrentHashMap<>();
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile int refusesWith;

  ScriptedKubernetes() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** All calls are answered with this status; 0 for as usual. */
  void refuseWith(int status) {
    refusesWith = status;
  }

  /** What KubeRay writes into the status of a job, JSON. */
  void say(String job, String status) {
    statuses.put(job, status);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    URI uri = exchange.getRequestURI();
    String path = uri.getPath();
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    try (exchange) {
      if (refusesWith != 0) {
        send(exchange, refusesWith, "{\"message\":\"no\"}");
      } else if (!"Bearer kube-token"
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        send(exchange, 401, "{}");
      } else if (path.equals(JOBS)) {
        create(exchange, JSON.readTree(body));
      } else if (path.startsWith(JOBS + "/")) {
        job(exchange, path.substring(JOBS.length() + 1), query);
      } else if (path.equals(PODS)) {
        pods(exchange, query);
      } else if (path.equals(PODS + "/submitter-x/log")) {
        send(exchange, 200, query.startsWith("container=ray-job-submitter&") ? "a log" : "");
      } else {
        send(exchange, 404, "{}");
      }
    }
  }

  private void create(HttpExchange exchange, JsonNode job) throws IOException {
    String name = job.path("metadata").path("name").asText();
    boolean fresh = jobs.putIfAbsent(name, job) == null;
    send(exchange, fresh ? 201 : 409, "{\"reason\":\"AlreadyExists\"}");
  }

  private void job(HttpExchange exchange, String name, String query) throws IOException {
    if (!jobs.containsKey(name)) {
      send(exchange, 404, "{}");
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      boolean waits = query.equals("propagationPolicy=Foreground");
      statuses.put(name, waits ? "deleting" : "gone");
      send(exchange, 200, "{}");
    } else if (statuses.getOrDefault(name, "").equals("deleting")) {
      send(exchange, 200, "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");
    } else {
      send(exchange, 200, "{\"status\":" + statuses.getOrDefault(name, "{}") + "}");
    }
  }

  private void pods(HttpExchange exchange, String query) throws IOException {
    String name = query.replace("labelSelector=job-name=", "");
    String items = jobs.containsKey(name) ? "{\"metadata\":{\"name\":\"submitter-x\"}}" : "";
    send(exchange, 200, "{\"items\":[" + items + "]}");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
