package dev.sluice.client.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.client.FileSelection;
import dev.sluice.client.Json;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.upload.Checksum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A catalog of one version and a store that has its moods. */
final class DownloadWorld implements AutoCloseable {

  /** How the store takes a request. */
  enum Mood {
    FINE,
    /** It gives half of what is asked for and hangs up. */
    BREAKS,
    /** It gives half of what is asked for and then nothing. */
    STALLS,
    /** One of the bytes is another. */
    ROTS,
    /** It gives more than there is. */
    ADDS,
    /** The address does not hold any more. */
    FORBIDS,
    BUSY
  }

  /** Decides by path and how often it was asked for, 1 being the first time. */
  interface Moods {
    Mood of(String path, int times);
  }

  /** A request to the store. */
  record Got(String path, @Nullable String range, @Nullable String ifMatch) {}

  private static final String V3 = "/api/v1/projects/demo/datasets/notes/versions/v3";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, String> etags = new ConcurrentHashMap<>();
  private final Map<String, Integer> times = new ConcurrentHashMap<>();
  private final List<Got> gets = new CopyOnWriteArrayList<>();
  private final List<Integer> pages = new CopyOnWriteArrayList<>();
  private final List<String> erased = new ArrayList<>();
  private volatile Moods moods = (path, count) -> Mood.FINE;
  private volatile Duration life = Duration.ofHours(1);

  DownloadWorld() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/api/", this::api);
    server.createContext("/store/", this::store);
    server.start();
  }

  SluiceClient client() {
    return SluiceClient.connect(URI.create(address()), () -> "token", RetryPolicy.NONE);
  }

  /** An engine that tries often and waits little. */
  DownloadEngine engine(SluiceClient client) {
    DownloadOptions options =
        new DownloadOptions(
            4,
            2,
            1_000,
            new RetryPolicy(3, Duration.ZERO, Duration.ZERO),
            Duration.ofSeconds(30),
            false);
    DownloadSource source = new DownloadSource("demo", "notes", "prod", FileSelection.ALL);
    return DownloadEngine.from(client, source).with(options);
  }

  byte[] has(String path, byte[] content) {
    files.put(path, content);
    etags.put(path, "\"e1\"");
    return content;
  }

  void erase(String path) {
    erased.add(path);
  }

  /** The object was put again. */
  void retag(String path) {
    etags.put(path, "\"e2\"");
  }

  void storeIs(Moods now) {
    times.clear();
    moods = now;
  }

  void urlsLive(Duration time) {
    life = time;
  }

  List<Got> gets() {
    return List.copyOf(gets);
  }

  /** How many addresses were asked for at once. */
  List<Integer> pages() {
    return List.copyOf(pages);
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void api(HttpExchange call) throws IOException {
    try (call) {
      String target = call.getRequestMethod() + " " + call.getRequestURI().getPath();
      byte[] body = call.getRequestBody().readAllBytes();
      Object answer =
          switch (target) {
            case "GET " + V3, "GET /api/v1/projects/demo/datasets/notes/versions/prod" -> version();
            case "POST " + V3 + "/urls" -> urls(Json.mapper().readTree(body));
            default -> throw new IOException("nobody asks for " + target);
          };
      byte[] bytes = Json.write(answer).getBytes(UTF_8);
      call.getResponseHeaders().add("Content-Type", "application/json");
      call.sendResponseHeaders(200, bytes.length);
      call.getResponseBody().write(bytes);
    }
  }

  private Map<String, Object> version() {
    long bytes = files.values().stream().mapToLong(content -> content.length).sum();
    return Map.of("version", "v3", "state", "sealed", "files", files.size(), "bytes", bytes);
  }

  private Map<String, @Nullable Object> urls(JsonNode body) {
    List<Object> items = new ArrayList<>();
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    if (body.has("paths")) {
      body.path("paths").forEach(path -> items.add(item(path.asText())));
    } else {
      int from = body.path("cursor").isTextual() ? body.path("cursor").asInt() : 0;
      int limit = body.path("limit").asInt();
      files.keySet().stream().skip(from).limit(limit).forEach(path -> items.add(item(path)));
      page.put("nextCursor", from + limit < files.size() ? String.valueOf(from + limit) : null);
    }
    pages.add(items.size());
    page.put("items", items);
    return page;
  }

  private Map<String, Object> item(String path) {
    byte[] content = files.getOrDefault(path, new byte[0]);
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("path", path);
    item.put("size", content.length);
    item.put("sha256", sha256(content));
    if (erased.contains(path)) {
      item.put("problem", "file-erased");
    } else {
      item.put("url", address() + "/store/" + URLEncoder.encode(path, UTF_8));
      item.put("expiresAt", Instant.now().plus(life).toString());
    }
    return item;
  }

  private void store(HttpExchange call) throws IOException {
    try (call) {
      String path =
          URLDecoder.decode(call.getRequestURI().getRawPath().substring("/store/".length()), UTF_8);
      String range = call.getRequestHeaders().getFirst("Range");
      String ifMatch = call.getRequestHeaders().getFirst("If-Match");
      gets.add(new Got(path, range, ifMatch));
      Mood mood = moods.of(path, times.merge(path, 1, Integer::sum));
      String etag = etags.getOrDefault(path, "");
      if (mood == Mood.FORBIDS || mood == Mood.BUSY) {
        call.sendResponseHeaders(mood == Mood.BUSY ? 503 : 403, -1);
      } else if (ifMatch != null && !ifMatch.equals(etag)) {
        call.sendResponseHeaders(412, -1);
      } else {
        call.getResponseHeaders().add("ETag", etag);
        give(call, files.getOrDefault(path, new byte[0]), range, mood);
      }
    }
  }

  private void give(HttpExchange call, byte[] whole, @Nullable String range, Mood mood)
      throws IOException {
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    byte[] bytes = Arrays.copyOfRange(whole, from, whole.length + (mood == Mood.ADDS ? 1 : 0));
    if (mood == Mood.ROTS) {
      bytes[bytes.length / 2] ^= 1;
    }
    if (range != null) {
      call.getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
    }
    call.sendResponseHeaders(range == null ? 200 : 206, bytes.length);
    OutputStream out = call.getResponseBody();
    boolean half = mood == Mood.BREAKS || mood == Mood.STALLS;
    out.write(bytes, 0, half ? bytes.length / 2 : bytes.length);
    out.flush();
    if (mood == Mood.STALLS) {
      await();
    }
    if (half) {
      throw new IOException("the connection ends here");
    }
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String sha256(byte[] content) {
    try {
      return Checksum.sha256(new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
