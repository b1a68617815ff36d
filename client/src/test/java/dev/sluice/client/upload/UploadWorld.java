package dev.sluice.client.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.client.Json;
import dev.sluice.client.NewUpload;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.TestServer;
import dev.sluice.client.TestServer.Answer;
import dev.sluice.client.TestServer.Call;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The upload service and the object store as the contract says, in memory. */
final class UploadWorld implements AutoCloseable {

  static final int PART = 1024;

  /** Says how the store answers a PUT instead of taking it; null takes it. */
  interface StoreMood {
    @Nullable Integer refusal(String uploadId, int part, int timesAsked);
  }

  private static final class Held {
    private final String id;
    private final NewUpload announced;
    private final Map<Integer, byte[]> parts = new TreeMap<>();
    private String state = "open";
    private @Nullable String reason;

    Held(String id, NewUpload announced) {
      this.id = id;
      this.announced = announced;
    }

    int size() {
      return (int) announced.size();
    }

    int partCount() {
      return Math.max(1, (size() + PART - 1) / PART);
    }

    Map<String, @Nullable Object> view() {
      Map<String, @Nullable Object> view = new LinkedHashMap<>();
      view.put("size", announced.size());
      view.put("uploadId", id);
      view.put("state", state);
      view.put("partSize", PART);
      view.put("partCount", partCount());
      view.put("reason", reason);
      return view;
    }

    byte[] content() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      parts.values().forEach(all::writeBytes);
      return all.toByteArray();
    }
  }

  private final TestServer server;
  private final Map<String, Held> uploads = new ConcurrentHashMap<>();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger forgetful = new AtomicInteger();
  private StoreMood mood = (upload, part, times) -> null;
  private Predicate<String> belongs = path -> true;
  private Duration urlLife = Duration.ofMinutes(5);

  UploadWorld() throws IOException {
    server = new TestServer(this::handle);
  }

  SluiceClient client() {
    return SluiceClient.connect(server.address(), () -> "t", RetryPolicy.NONE);
  }

  UploadEngine engine(SluiceClient client) {
    RetryPolicy retries = new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(5));
    UploadOptions options = new UploadOptions(4, 2, 3, retries, Duration.ofSeconds(5));
    return UploadEngine.into(client, new UploadTarget("demo", "notes", "v1")).with(options);
  }

  void storeIs(StoreMood otherMood) {
    mood = otherMood;
  }

  void takesOnly(Predicate<String> paths) {
    belongs = paths;
  }

  void urlsLive(Duration life) {
    urlLife = life;
  }

  /** Loses the first part of the next upload that is completed. */
  void losesAPart() {
    forgetful.set(1);
  }

  List<Call> puts() {
    return server.calls().stream().filter(call -> call.path().startsWith("/store/")).toList();
  }

  byte[] content(String path) {
    return uploads.values().stream()
        .filter(held -> held.announced.path().equals(path) && held.state.equals("completed"))
        .findFirst()
        .orElseThrow()
        .content();
  }

  private Answer handle(Call call) throws IOException {
    String path = call.path();
    if (path.startsWith("/store/")) {
      return put(call);
    }
    if (path.endsWith("/versions/v1")) {
      return Answer.json(200, Map.of("version", "v1", "state", "draft", "dataset", "notes"));
    }
    if (path.equals("/api/v1/uploads/chunks")) {
      return Answer.json(200, chunks(call.query()));
    }
    if (path.equals("/api/v1/uploads")) {
      return call.method().equals("POST") ? announce(call) : list();
    }
    String[] words = path.split("/", -1);
    Held held = held(words[4]);
    return switch (words.length == 5 ? "" : words[5]) {
      case "urls" -> urls(held, Json.mapper().readTree(call.body()));
      case "chunks" -> progress(held);
      case "complete" -> complete(held);
      default -> look(held);
    };
  }

  private Held held(String id) {
    return Objects.requireNonNull(uploads.get(id), id);
  }

  private Answer announce(Call call) throws IOException {
    NewUpload announced = Json.mapper().readValue(call.body(), NewUpload.class);
    Held held = new Held("u" + ids.incrementAndGet(), announced);
    uploads.put(held.id, held);
    if (!belongs.test(announced.path())) {
      held.state = "ignored";
      held.reason = "image/png does not belong into a text dataset";
    }
    return Answer.json(201, held.view());
  }

  private Object chunks(String query) {
    Held held = null;
    for (Held each : uploads.values()) {
      if (query.contains("path=" + each.announced.path() + "&") && !each.state.equals("ignored")) {
        held = each;
      }
    }
    if (held == null) {
      return Map.of("uploadId", "", "done", false, "chunks", List.of());
    }
    Map<String, @Nullable Object> view = held.view();
    view.put("done", held.state.equals("completed"));
    view.put(
        "chunks",
        held.parts.keySet().stream()
            .map(part -> Map.of("partNumber", part, "size", PART, "etag", "e" + part))
            .toList());
    return view;
  }

  private Answer urls(Held held, JsonNode body) {
    List<Object> urls = new ArrayList<>();
    for (JsonNode number : body.path("partNumbers")) {
      int part = number.asInt();
      String key = held.id + "/" + part;
      int times = asked.merge(key, 1, Integer::sum);
      urls.add(
          Map.of(
              "partNumber",
              part,
              "size",
              PART,
              "url",
              server.address() + "/store/" + key + "?times=" + times,
              "completed",
              held.parts.containsKey(part),
              "expiresAt",
              Instant.now().plus(urlLife).toString()));
    }
    return Answer.json(200, Map.of("urls", urls));
  }

  private Answer put(Call call) {
    String[] words = call.path().split("/", -1);
    int part = Integer.parseInt(words[3]);
    int times = Integer.parseInt(call.query().replace("times=", ""));
    Integer refusal = mood.refusal(words[2], part, times);
    if (refusal != null) {
      return new Answer(refusal, "refused", Map.of());
    }
    Held held = held(words[2]);
    synchronized (held) {
      held.parts.put(part, call.body());
    }
    return new Answer(200, "", Map.of("ETag", "\"e" + part + "\""));
  }

  private Answer progress(Held held) {
    int bytes = held.content().length;
    return Answer.json(
        200,
        Map.of(
            "partsDone", held.parts.size(),
            "partsTotal", held.partCount(),
            "bytesDone", bytes,
            "bytesTotal", held.size()));
  }

  private Answer complete(Held held) {
    if (forgetful.getAndDecrement() > 0) {
      held.parts.remove(1);
    }
    boolean whole = IntStream.rangeClosed(1, held.partCount()).allMatch(held.parts::containsKey);
    if (!whole) {
      return Answer.problem(409, "parts-missing", "part 1 is missing");
    }
    held.state = "verifying";
    return Answer.json(200, held.view());
  }

  /** Being looked at once is what ends the verification here. */
  private Answer look(Held held) throws IOException {
    if (held.state.equals("verifying")) {
      String found = Checksum.sha256(new ByteArrayInputStream(held.content()));
      boolean equal = found.equals(held.announced.sha256());
      held.state = equal ? "completed" : "failed";
      held.reason = equal ? null : "the SHA-256 read back is another";
    }
    return Answer.json(200, held.view());
  }

  private static Answer list() {
    Collection<Object> none = List.of();
    return Answer.json(200, Map.of("items", none));
  }

  @Override
  public void close() {
    server.close();
  }
}
