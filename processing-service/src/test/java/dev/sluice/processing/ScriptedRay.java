package dev.sluice.processing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Answers as Ray's dashboard does, and fails as it does when a test says so. */
final class ScriptedRay {
  static final ScriptedRay INSTANCE = new ScriptedRay();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> jobs = new ConcurrentHashMap<>();
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private final Map<String, byte[]> packages = new ConcurrentHashMap<>();
  private final List<String> submissions = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile boolean away;
  private final Map<String, Integer> exitCodes = new ConcurrentHashMap<>();
  private volatile boolean losesNextAnswer;
  private volatile boolean cannotStop;
  private volatile String log = "";

  private ScriptedRay() {
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

  /** The next submission is taken, and its answer never arrives. */
  void loseNextAnswer() {
    losesNextAnswer = true;
  }

  void log(String text) {
    log = text;
  }

  /** Says yes to whoever wants a job stopped, and goes on, as Ray does before it has started it. */
  void cannotStop(boolean stopsNothing) {
    cannotStop = stopsNothing;
  }

  void exit(String submissionId, int code) {
    exitCodes.put(submissionId, code);
    statuses.put(submissionId, "FAILED");
  }

  String status(String submissionId) {
    return String.valueOf(statuses.get(submissionId));
  }

  void say(String submissionId, String status) {
    statuses.put(submissionId, status);
  }

  /** What a restarted head does. */
  void forgetAll() {
    jobs.clear();
    statuses.clear();
    packages.clear();
  }

  /** How often the job was submitted, repeats counted. */
  long submissionsOf(String submissionId) {
    return submissions.stream().filter(submissionId::equals).count();
  }

  boolean knows(String submissionId) {
    return jobs.containsKey(submissionId);
  }

  JsonNode job(String submissionId) {
    return java.util.Objects.requireNonNull(jobs.get(submissionId), submissionId);
  }

  boolean hasPackage(String uri) {
    return packages.containsKey(uri.replace("gcs://", "/api/packages/gcs/"));
  }

  /** The bytes of a package that was uploaded. */
  byte[] zip(String uri) {
    return packages.getOrDefault(uri.replace("gcs://", "/api/packages/gcs/"), new byte[0]);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    boolean authorised =
        "Bearer ray-secret".equals(exchange.getRequestHeaders().getFirst("x-ray-authorization"));
    try (exchange) {
      if (away) {
        return;
      }
      if (!authorised) {
        send(exchange, 401, "no token");
      } else if (path.startsWith("/api/packages/")) {
        packages(exchange, path, body);
      } else if (path.equals("/api/jobs/")) {
        submit(exchange, JSON.readTree(body));
      } else {
        job(exchange, path.split("/", -1));
      }
    }
  }

  private void packages(HttpExchange exchange, String path, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      packages.put(path, body);
    }
    send(exchange, packages.containsKey(path) ? 200 : 404, "");
  }

  private void submit(HttpExchange exchange, JsonNode job) throws IOException {
    String id = job.path("submission_id").asText();
    submissions.add(id);
    if (jobs.putIfAbsent(id, job) != null) {
      send(
          exchange,
          500,
          "Traceback (most recent call last): ValueError: Job with submission_id "
              + id
              + " already exists. Please use a different submission_id.");
      return;
    }
    statuses.put(id, "PENDING");
    if (losesNextAnswer) {
      losesNextAnswer = false;
      return;
    }
    send(exchange, 200, "{\"submission_id\":\"" + id + "\"}");
  }

  private void job(HttpExchange exchange, String[] path) throws IOException {
    String id = path[3];
    if (!jobs.containsKey(id)) {
      send(exchange, 404, "Job " + id + " does not exist");
    } else if (path.length == 4) {
      send(
          exchange,
          200,
          "{\"status\":\"%s\",\"message\":\"Job says %s\",\"driver_exit_code\":%s}"
              .formatted(statuses.get(id), statuses.get(id), exitCodes.get(id)));
    } else if (path[4].equals("logs")) {
      send(exchange, 200, JSON.writeValueAsString(Map.of("logs", log)));
    } else {
      if (!cannotStop && Set.of("PENDING", "RUNNING").contains(status(id))) {
        statuses.put(id, "STOPPED");
      }
      send(exchange, 200, "{\"stopped\":true}");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
