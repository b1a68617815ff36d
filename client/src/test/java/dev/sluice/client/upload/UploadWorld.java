package dev.sluice.client.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.client.Json;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.TestServer;
import dev.sluice.client.TestServer.Answer;
import dev.sluice.client.TestServer.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The upload service and the object store as the protocol says, in memory. */
final class UploadWorld implements AutoCloseable {

  static final int PART = 1024;

  /** Instead of an answer, the connection ends. */
  static final int RESET = -1;

  /** Says how the store answers a PUT instead of taking it; null takes it. */
  interface StoreMood {
    @Nullable Integer refusal(String uploadId, int part, int timesAsked);
  }

  private final TestServer server;
  private final Map<String, HeldUpload> uploads = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> heldElsewhere = new ConcurrentHashMap<>();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger(1000);
  private final AtomicInteger forgetful = new AtomicInteger();
  private final AtomicInteger rotten = new AtomicInteger();
  private StoreMood mood = (upload, part, times) -> null;
  private Predicate<String> belongs = path -> true;
  private ToIntFunction<String> quota = path -> 0;
  private Duration urlLife = Duration.ofMinutes(5);
  private boolean losesAnswers;
  private Runnable afterBatch = () -> {};

  UploadWorld() throws IOException {
    server = new TestServer(this::handle);
  }

  SluiceClient client() {
    return SluiceClient.connect(server.address(), () -> "t", RetryPolicy.NONE);
  }

  UploadEngine engine(SluiceClient client) {
    RetryPolicy retries = new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(5));
    UploadOptions options =
        new UploadOptions(2, 2, 4, 3, 100, PART, retries, Duration.ofSeconds(5));
    return UploadEngine.into(client, new UploadTarget("demo", "notes", "v1")).with(options);
  }

  void storeIs(StoreMood otherMood) {
    mood = otherMood;
  }

  void takesOnly(Predicate<String> paths) {
    belongs = paths;
  }

  void refusesForQuota(Predicate<String> paths) {
    quota = path -> paths.test(path) ? 1 : 0;
  }

  void urlsLive(Duration life) {
    urlLife = life;
  }

  /** The store takes what it is sent, but nobody hears. */
  void takesButLosesTheAnswer() {
    losesAnswers = true;
  }

  /** Loses the first part of the next upload that is completed. */
  void losesAPart() {
    forgetful.set(1);
  }

  /** The next so many files have one wrong part when they are read back. */
  void rots(int times) {
    rotten.set(times);
  }

  /** The project has this content in another dataset. */
  void holds(byte[] content) throws IOException {
    String sha256 = Checksum.sha256(new ByteArrayInputStream(content));
    heldElsewhere.put(sha256, content.length);
  }

  /** Happens once a batch was announced, before any of its files is sent. */
  void afterBatch(Runnable what) {
    afterBatch = what;
  }

  List<Call> puts() {
    return calls("/store/");
  }

  /** Calls whose path begins so. */
  List<Call> calls(String path) {
    return server.calls().stream().filter(call -> call.path().startsWith(path)).toList();
  }

  List<Call> calls() {
    return server.calls();
  }

  byte[] content(String path) {
    return uploads.values().stream()
        .filter(held -> held.path.equals(path) && held.state.equals("completed"))
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
    return switch (path.replace("/api/v1/uploads", "")) {
      case "/chunks" -> Answer.json(200, chunks(parameters(call)));
      case "" -> call.method().equals("POST") ? announce(tree(call)) : list(parameters(call));
      case "/batch" -> batch(tree(call));
      case "/batch/complete" -> completeAll(tree(call));
      case "/summary" -> summary();
      default -> one(call, path.split("/", -1));
    };
  }

  private Answer one(Call call, String[] words) throws IOException {
    HeldUpload held = held(words[4]);
    return switch (words.length == 5 ? "" : words[5]) {
      case "urls" -> urls(held, tree(call));
      case "chunks" -> progress(held, tree(call));
      case "complete" -> complete(held, tree(call));
      default -> Answer.json(200, held.view());
    };
  }

  private HeldUpload held(String id) {
    return Objects.requireNonNull(uploads.get(id), id);
  }

  private Answer announce(JsonNode file) {
    if (quota.applyAsInt(file.path("path").asText()) > 0) {
      return Answer.problem(413, "quota-exceeded", "the project has no room for it");
    }
    return Answer.json(201, begun(file).view());
  }

  private HeldUpload begun(JsonNode file) {
    String sha256 = file.path("sha256").asText(null);
    HeldUpload held =
        new HeldUpload(
            "u" + ids.incrementAndGet(),
            file.path("path").asText(),
            file.path("size").asInt(),
            sha256);
    held.sizeHeld = sizeHeld(held.size);
    if (sha256 != null && heldHere(sha256, held.size)) {
      held.state = "completed";
    } else if (!belongs.test(held.path)) {
      held.state = "ignored";
      held.reason = "image/png does not belong into a text dataset";
    }
    uploads.put(held.id, held);
    return held;
  }

  private boolean heldHere(String sha256, int size) {
    return Objects.equals(heldElsewhere.get(sha256), size)
        || uploads.values().stream()
            .anyMatch(each -> each.state.equals("completed") && sha256.equals(each.sha256));
  }

  private boolean sizeHeld(int size) {
    return heldElsewhere.containsValue(size)
        || uploads.values().stream()
            .anyMatch(each -> each.state.equals("completed") && each.size == size);
  }

  private Object chunks(Map<String, String> query) {
    String sha256 = query.get("sha256");
    int size = Integer.parseInt(query.getOrDefault("size", "0"));
    HeldUpload held = null;
    for (HeldUpload each : uploads.values()) {
      boolean same = each.path.equals(query.get("path")) && each.size == size;
      boolean alike = sha256 == null || each.sha256 == null || sha256.equals(each.sha256);
      if (same && alike && !each.state.equals("ignored") && !each.state.equals("failed")) {
        held = each;
      }
    }
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    if (held != null) {
      view.putAll(held.view());
      view.put("chunks", held.chunks());
    }
    view.put("uploadId", held == null ? "" : held.id);
    view.put("sizeHeld", sizeHeld(size));
    view.put("done", held != null && held.state.equals("completed") && sha256 != null);
    return view;
  }

  private Answer batch(JsonNode batch) {
    List<Object> answers = new ArrayList<>();
    for (JsonNode file : batch.path("files")) {
      String path = file.path("path").asText();
      if (quota.applyAsInt(path) > 0) {
        Map<String, String> problem =
            Map.of("code", "quota-exceeded", "detail", "the project has no room for it");
        answers.add(Map.of("path", path, "problem", problem));
        continue;
      }
      HeldUpload held =
          uploads.values().stream()
              .filter(each -> each.path.equals(path) && each.state.equals("open"))
              .filter(each -> file.path("sha256").asText().equals(each.sha256))
              .findFirst()
              .orElseGet(() -> begun(file));
      Map<String, @Nullable Object> view = held.view();
      view.put("path", path);
      if (held.state.equals("open") && held.partCount() == 1) {
        view.put("part", url(held, 1, file.path("crc32c").asText(null)));
      }
      answers.add(view);
    }
    afterBatch.run();
    return Answer.json(200, Map.of("files", answers));
  }

  private Answer completeAll(JsonNode body) throws IOException {
    List<Object> answers = new ArrayList<>();
    for (JsonNode each : body.path("uploads")) {
      HeldUpload held = held(each.path("uploadId").asText());
      Answer answer = complete(held, each);
      answers.add(
          answer.status() == 200
              ? held.view()
              : Map.of(
                  "uploadId", held.id, "problem", Map.of("code", "parts-missing", "detail", "1")));
    }
    return Answer.json(200, Map.of("uploads", answers));
  }

  private Answer urls(HeldUpload held, JsonNode body) {
    List<Object> urls = new ArrayList<>();
    for (JsonNode number : body.path("partNumbers")) {
      String crc = body.path("crc32c").path(number.asText()).asText(null);
      urls.add(url(held, number.asInt(), crc));
    }
    return Answer.json(200, Map.of("urls", urls));
  }

  private Map<String, Object> url(HeldUpload held, int part, @Nullable String crc) {
    String key = held.id + "/" + part;
    int times = asked.merge(key, 1, Integer::sum);
    Map<String, Object> url = new LinkedHashMap<>();
    url.put("partNumber", part);
    url.put("size", held.sizeOf(part));
    boolean there = held.parts.containsKey(part);
    url.put("completed", there);
    if (there) {
      return url;
    }
    url.put("url", server.address() + "/store/" + key + "?times=" + times);
    url.put("expiresAt", Instant.now().plus(urlLife).toString());
    if (crc != null) {
      held.crcs.put(part, crc);
      url.put("headers", Map.of("x-amz-checksum-crc32c", crc));
    }
    return url;
  }

  private Answer put(Call call) throws IOException {
    String[] words = call.path().split("/", -1);
    int part = Integer.parseInt(words[3]);
    int times = Integer.parseInt(call.query().replace("times=", ""));
    Integer refusal = mood.refusal(words[2], part, times);
    if (refusal != null && refusal == RESET) {
      throw new IOException("the connection ends here");
    }
    if (refusal != null) {
      return new Answer(refusal, "refused", Map.of());
    }
    if (!HeldUpload.crc(call.body()).equals(call.header("X-amz-checksum-crc32c"))) {
      return new Answer(400, "<Error><Code>BadDigest</Code></Error>", Map.of());
    }
    held(words[2]).parts.put(part, call.body());
    if (losesAnswers) {
      throw new IOException("the answer is lost");
    }
    return new Answer(200, "", Map.of("ETag", "\"e" + part + "\""));
  }

  private static Answer progress(HeldUpload held, JsonNode body) {
    held.report(body.path("chunks"));
    return Answer.json(
        200,
        Map.of(
            "partsDone",
            held.parts.size(),
            "partsTotal",
            held.partCount(),
            "bytesDone",
            held.content().length,
            "bytesTotal",
            held.size));
  }

  private Answer complete(HeldUpload held, JsonNode body) {
    if (forgetful.getAndDecrement() > 0) {
      held.parts.remove(1);
    }
    held.report(body.path("chunks"));
    held.sha256 = body.path("sha256").asText(held.sha256);
    if (!held.whole()) {
      return Answer.problem(409, "parts-missing", "part 1 is missing");
    }
    if (held.sha256 == null) {
      return Answer.problem(400, "invalid-request", "no SHA-256 was ever given");
    }
    held.state = "verifying";
    return Answer.json(200, held.view());
  }

  /** Being counted once is what ends the verification here. */
  private Answer summary() throws IOException {
    Map<String, Object> sums = new LinkedHashMap<>();
    for (String state : List.of("open", "verifying", "completed", "ignored", "failed")) {
      long files = uploads.values().stream().filter(each -> each.state.equals(state)).count();
      sums.put(state, Map.of("files", files, "bytes", 0));
    }
    for (HeldUpload held : uploads.values()) {
      if (held.state.equals("verifying")) {
        held.readBack(rotten.getAndDecrement() > 0);
      }
    }
    return Answer.json(200, sums);
  }

  private Answer list(Map<String, String> query) {
    return Answer.json(
        200,
        Map.of(
            "items",
            uploads.values().stream()
                .filter(held -> held.state.equals(query.get("state")))
                .map(HeldUpload::view)
                .toList()));
  }

  private static JsonNode tree(Call call) throws IOException {
    return Json.mapper().readTree(call.body());
  }

  private static Map<String, String> parameters(Call call) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : call.query().split("&", -1)) {
      String[] words = pair.split("=", 2);
      if (words.length == 2) {
        parameters.put(words[0], URLDecoder.decode(words[1], StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  @Override
  public void close() {
    server.close();
  }
}
