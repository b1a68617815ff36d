package dev.sluice.upload.component;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What imports talk to: a catalog that keeps drafts for them, and an HTTP server whose files a test
 * may change, withhold or take away. Paths of the server begin with the name of the test's project.
 */
public final class ImportWorld implements QuarkusTestResourceLifecycleManager {
  private static final Pattern RESERVE = Pattern.compile("/api/v1/projects/([^/]+)/reservations");
  private static final Pattern RELEASE =
      Pattern.compile("/api/v1/projects/[^/]+/reservations/([^/]+)/release");
  private static final Pattern VERSION =
      Pattern.compile("/api/v1/projects/([^/]+)/datasets/([^/]+)/versions/(v[0-9]+)");
  private static final Pattern DATASET =
      Pattern.compile("/api/v1/projects/([^/]+)/datasets/([^/]+)");
  private static final Pattern MEMBER = Pattern.compile("/api/v1/projects/([^/]+)/members/(.+)");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
  private static final String LISTING = "bytes=0-0";
  private static final Map<String, String> ROLES = Map.of("ada", "editor", "vic", "viewer");

  private static final Map<String, Served> FILES = new ConcurrentHashMap<>();
  private static final Map<String, Turn> TURNS = new ConcurrentHashMap<>();
  private static final Map<UUID, String> DRAFTS = new ConcurrentHashMap<>();
  private static final Map<String, Integer> NUMBERS = new ConcurrentHashMap<>();
  private static final Map<String, String> SEALED = new ConcurrentHashMap<>();
  private static final List<String> READ = new CopyOnWriteArrayList<>();
  private static volatile int port;

  private @Nullable HttpServer catalog;
  private @Nullable HttpServer source;

  @Override
  public Map<String, String> start() {
    catalog = serve(ImportWorld::catalog);
    source = serve(ImportWorld::source);
    port = source.getAddress().getPort();
    return Map.of(
        "sluice.catalog.url",
        "http://127.0.0.1:" + catalog.getAddress().getPort(),
        "sluice.import.allowed-addresses",
        "127.0.0.0/8",
        "sluice.import.allowed-ports",
        "1-65535",
        "sluice.imports.rest",
        "100ms");
  }

  @Override
  public void stop() {
    if (catalog != null) {
      catalog.stop(0);
    }
    if (source != null) {
      source.stop(0);
    }
  }

  private static HttpServer serve(com.sun.net.httpserver.HttpHandler handler) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", handler);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves the bytes from now on; answers their URL. */
  static String put(String path, byte[] bytes) {
    String tag = "\"" + UploadCalls.sha256(bytes).substring(0, 12) + "\"";
    FILES.put("/" + path, new Served(bytes, tag, true, null));
    return url(path);
  }

  /** As the other, by a server that knows neither ranges nor tags nor lengths. */
  static String putPlain(String path, byte[] bytes) {
    FILES.put("/" + path, new Served(bytes, "", false, null));
    return url(path);
  }

  /** Holds the body back until the latch is open. */
  static String putHeld(String path, byte[] bytes, CountDownLatch latch) {
    put(path, bytes);
    FILES.computeIfPresent(
        "/" + path, (p, served) -> new Served(served.bytes, served.tag, true, latch));
    return url(path);
  }

  /**
   * Serves ranges of {@code before} to the first who asks for bytes; everyone else waits, and sees
   * {@code after} once the latch is open.
   */
  static String putTurning(String path, byte[] before, byte[] after, CountDownLatch latch) {
    put(path, before);
    TURNS.put("/" + path, new Turn(new AtomicBoolean(true), () -> put(path, after), latch));
    return url(path);
  }

  static void remove(String path) {
    FILES.remove("/" + path);
  }

  static String url(String path) {
    return "http://127.0.0.1:" + port + "/" + path;
  }

  /** Paths whose bodies were read, once for each range. */
  static long reads(String path) {
    return READ.stream().filter(("/" + path)::equals).count();
  }

  /** What the catalog reserved for the import; a version's name. */
  static Optional<String> draftOf(String importId) {
    return Optional.ofNullable(DRAFTS.get(UUID.fromString(importId)));
  }

  /** The catalog dropped the import's draft, so that it reserves another one. */
  static void dropped(String importId) {
    DRAFTS.remove(UUID.fromString(importId));
  }

  /** The catalog sealed it, so that later drafts begin with it. */
  static void sealed(String project, String dataset, String version) {
    SEALED.put(project + "/" + dataset, version);
  }

  static UUID idOf(String project, String dataset) {
    return CatalogFake.idOf(project, dataset);
  }

  private static void source(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = exchange.getRequestHeaders().getFirst("Range");
      Turn turn = TURNS.get(path);
      if (turn != null && !LISTING.equals(range) && !turn.first.getAndSet(false)) {
        turn.hold.await();
        turn.change.run();
      }
      Served served = FILES.get(path);
      if (served == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      answer(exchange, path, served);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, String path, Served served)
      throws IOException, InterruptedException {
    if (!served.tag.isEmpty()) {
      exchange.getResponseHeaders().add("ETag", served.tag);
      exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    Matcher asked = RANGE.matcher(range == null ? "" : range);
    int from = 0;
    int to = served.bytes.length;
    int status = 200;
    if (served.ranges && asked.matches() && (ifRange == null || ifRange.equals(served.tag))) {
      from = Integer.parseInt(asked.group(1));
      to = asked.group(2).isEmpty() ? to : Math.min(to, Integer.parseInt(asked.group(2)) + 1);
      status = 206;
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + served.bytes.length);
    }
    if (head) {
      if (served.ranges) {
        exchange.getResponseHeaders().add("Content-Length", Integer.toString(to - from));
      }
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    READ.add(path);
    exchange.sendResponseHeaders(status, served.ranges ? (to == from ? -1 : to - from) : 0);
    if (served.hold != null && to - from > 1) {
      served.hold.await();
    }
    exchange.getResponseBody().write(served.bytes, from, to - from);
  }

  private static void catalog(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Optional<String> body = body(path, asked);
      byte[] bytes = body.orElse("{}").getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(body.isPresent() ? 200 : 404, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Optional<String> body(String path, String asked) {
    if (path.endsWith("/holdings/blocked")) {
      return Optional.of("{\"blocked\":" + CatalogFake.blocked() + "}");
    }
    if (path.endsWith("/holdings")) {
      return Optional.of("{\"objects\":[],\"sizes\":[],\"usedBytes\":0}");
    }
    Matcher reserve = RESERVE.matcher(path);
    if (reserve.matches()) {
      return Optional.of(reserve(reserve.group(1), new JsonObject(asked)));
    }
    Matcher release = RELEASE.matcher(path);
    if (release.matches()) {
      dropped(release.group(1));
      return Optional.of("{}");
    }
    Matcher member = MEMBER.matcher(path);
    if (member.matches()) {
      return Optional.ofNullable(ROLES.get(member.group(2)))
          .map(role -> "{\"user\":\"%s\",\"role\":\"%s\"}".formatted(member.group(2), role));
    }
    Matcher version = VERSION.matcher(path);
    if (version.matches()) {
      return Optional.of(
          "{\"version\":\"%s\",\"state\":\"draft\",\"producedBy\":{\"kind\":\"import\"}}"
              .formatted(version.group(3)));
    }
    Matcher dataset = DATASET.matcher(path);
    return dataset.matches()
        ? Optional.of(
            "{\"id\":\"%s\",\"name\":\"%s\",\"dataType\":\"text\"}"
                .formatted(idOf(dataset.group(1), dataset.group(2)), dataset.group(2)))
        : Optional.empty();
  }

  private static String reserve(String project, JsonObject asked) {
    String dataset = asked.getString("dataset");
    String line = project + "/" + dataset;
    String version =
        DRAFTS.computeIfAbsent(
            UUID.fromString(asked.getString("runId")),
            id -> "v" + NUMBERS.merge(line, 1, Integer::sum));
    JsonObject draft =
        new JsonObject()
            .put("datasetId", idOf(project, dataset).toString())
            .put("dataset", dataset)
            .put("dataType", "text")
            .put("version", version)
            .put("keyPrefix", "dataset/" + dataset + "/" + version + "/");
    List<String> parent = new ArrayList<>();
    Optional.ofNullable(SEALED.get(line)).ifPresent(parent::add);
    parent.forEach(p -> draft.put("inheritedFrom", p));
    return draft.encode();
  }

  /** A file that changes after the first range of it was given. */
  private record Turn(AtomicBoolean first, Runnable change, CountDownLatch hold) {}

  /** A file as it is served. */
  private static final class Served {
    private final byte[] bytes;
    private final String tag;
    private final boolean ranges;
    private final @Nullable CountDownLatch hold;

    Served(byte[] bytes, String tag, boolean ranges, @Nullable CountDownLatch hold) {
      this.bytes = bytes.clone();
      this.tag = tag;
      this.ranges = ranges;
      this.hold = hold;
    }
  }
}
