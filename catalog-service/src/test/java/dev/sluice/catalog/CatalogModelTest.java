package dev.sluice.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.catalog.CatalogModel.Edit;
import dev.sluice.catalog.CatalogModel.State;
import dev.sluice.catalog.CatalogModel.Version;
import dev.sluice.testing.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The catalog and a model of it in maps take the same histories: every answer and everything that
 * can be read afterwards is the same. {@code -Dsluice.model.histories=N} and {@code
 * -Dsluice.model.seed=S} choose how many and which.
 */
@QuarkusTest
@CatalogServers
class CatalogModelTest {
  private static final int HISTORIES = Integer.getInteger("sluice.model.histories", 400);
  private static final int STEPS = 25;
  private static final long SEED = Long.getLong("sluice.model.seed", 1);
  private static final int CONTENTS = 6;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PATHS =
      List.of("a", "a/b", "a/b/c", "a.txt", "b", "ä/ö", "ä/😀", "z/1", "z/2", "z", "é");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String token = TestTokens.of("ada");
  private final Map<String, Map<String, Integer>> contentOfDigest = new HashMap<>();

  @TestHTTPResource("/api/v1/projects/v-model")
  URI project = URI.create("http://not-started");

  @Test
  void doesWhatTheModelDoes() throws Exception {
    try (DraftWorld world = new DraftWorld("v-model")) {
      TreeMap<String, String> pool = new TreeMap<>();
      for (int content = 0; content < CONTENTS; content++) {
        pool.put("pool-" + content, text(content));
      }
      world.draft(pool);
      for (int history = 0; history < HISTORIES; history++) {
        history(SEED * 1_000_003 + history, "h-" + history);
      }
    }
  }

  private void history(long seed, String dataset) throws Exception {
    Random random = new Random(seed);
    CatalogModel model = new CatalogModel();
    model.dataset(dataset);
    send("POST", "/datasets", "{\"name\":\"" + dataset + "\",\"dataType\":\"text\"}");
    List<String> told = new ArrayList<>(List.of("seed " + seed));
    for (int step = 0; step < STEPS; step++) {
      step(random, model, dataset, told);
    }
    for (int number : model.line(dataset).keySet()) {
      assertSameContent(model, dataset, number, told);
    }
  }

  private void step(Random random, CatalogModel model, String dataset, List<String> told)
      throws Exception {
    int newest = model.line(dataset).isEmpty() ? 1 : model.line(dataset).lastKey();
    int number = Math.max(1, newest - random.nextInt(3));
    String versions = "/datasets/" + dataset + "/versions";
    String at = versions + "/v" + number;
    int kind = random.nextInt(20);
    if (kind < 4) {
      Integer parent = random.nextInt(4) == 0 ? null : Integer.valueOf(number);
      String body = parent == null ? "{}" : "{\"inheritedFrom\":\"v" + parent + "\"}";
      check(told, "open " + body, model.open(dataset, parent), send("POST", versions, body));
    } else if (kind < 11) {
      List<Edit> edits = edits(random);
      int answer = model.edit(dataset, number, edits);
      check(told, at + edits, answer, send("POST", at + "/edits", lines(edits)));
    } else if (kind < 13) {
      String path = PATHS.get(random.nextInt(PATHS.size()));
      int answer = model.remove(dataset, number, path);
      check(told, at + " - " + path, answer, send("DELETE", at + "/files/" + encoded(path), ""));
    } else if (kind < 16) {
      Version version = model.visible(dataset, number);
      int files = (version == null ? 0 : version.files.size()) + (random.nextInt(6) == 0 ? 1 : 0);
      int answer = model.seal(dataset, number, files);
      String body = "{\"expectedFiles\":" + files + "}";
      check(told, at + " seal " + files, answer, send("POST", at + "/seal", body));
    } else if (kind < 17) {
      int answer = model.release(dataset, number);
      check(told, at + " release", answer, send("POST", at + "/release", ""));
    } else if (kind < 18) {
      int answer = model.withdraw(dataset, number);
      check(told, at + " withdraw", answer, send("POST", at + "/withdraw", ""));
    } else if (kind < 19) {
      check(told, at + " drop", model.drop(dataset, number), send("DELETE", at, ""));
    } else {
      assertSameContent(model, dataset, number, told);
    }
  }

  private static List<Edit> edits(Random random) {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      String path = PATHS.get(random.nextInt(PATHS.size()));
      edits.add(
          switch (random.nextInt(8)) {
            case 0 -> new Edit.Remove(path);
            case 1 -> new Edit.Move(path, PATHS.get(random.nextInt(PATHS.size())));
            default -> new Edit.Put(path, random.nextInt(CONTENTS));
          });
    }
    return edits;
  }

  private static String lines(List<Edit> edits) {
    StringBuilder lines = new StringBuilder();
    for (Edit edit : edits) {
      lines.append(
          switch (edit) {
            case Edit.Put p ->
                "{\"op\":\"put\",\"path\":\"%s\",\"sha256\":\"%s\",\"size\":%d}\n"
                    .formatted(p.path(), sha256(p.content()), size(p.content()));
            case Edit.Remove r -> "{\"op\":\"remove\",\"path\":\"%s\"}\n".formatted(r.path());
            case Edit.Move m ->
                "{\"op\":\"move\",\"path\":\"%s\",\"to\":\"%s\"}\n".formatted(m.path(), m.to());
          });
    }
    return lines.toString();
  }

  private void assertSameContent(CatalogModel model, String dataset, int number, List<String> told)
      throws Exception {
    String at = "/datasets/" + dataset + "/versions/v" + number;
    Version expected = model.visible(dataset, number);
    HttpResponse<String> found = send("GET", at, "");
    check(told, at, expected == null ? 404 : 200, found);
    if (expected == null) {
      return;
    }
    JsonNode version = JSON.readTree(found.body());
    assertThat(version.get("state").asText())
        .as("%s", told)
        .isEqualTo(expected.state.name().toLowerCase(Locale.ROOT));
    assertThat(version.get("files").asInt()).as("%s", told).isEqualTo(expected.files.size());
    assertThat(version.get("bytes").asLong())
        .as("%s", told)
        .isEqualTo(expected.files.values().stream().mapToLong(CatalogModelTest::size).sum());
    assertThat(listed(at)).as("%s", told).isEqualTo(lines(expected.files));
    if (expected.state != State.DRAFT) {
      Map<String, Integer> same =
          contentOfDigest.putIfAbsent(version.get("digest").asText(), expected.files);
      assertThat(same == null || same.equals(expected.files)).as("%s", told).isTrue();
      assertThat(contentOfDigest.values().stream().filter(expected.files::equals).count())
          .as("one digest of one content: %s", told)
          .isEqualTo(1);
    }
  }

  /** All files, a small page at a time. */
  private List<String> listed(String at) throws Exception {
    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = JSON.readTree(send("GET", at + "/files?limit=3" + cursor, "").body());
      page.get("items")
          .forEach(f -> listed.add(f.get("path").asText() + " " + f.get("sha256").asText()));
      cursor = page.hasNonNull("nextCursor") ? "&cursor=" + page.get("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    return listed;
  }

  private static List<String> lines(Map<String, Integer> files) {
    return files.entrySet().stream().map(f -> f.getKey() + " " + sha256(f.getValue())).toList();
  }

  private static void check(
      List<String> told, String what, int expected, HttpResponse<String> answer) {
    told.add(what + " -> " + expected);
    assertThat(answer.statusCode()).as("%s: %s", told, answer.body()).isEqualTo(expected);
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(project + path))
            .header("Authorization", "Bearer " + token)
            .header(
                "Content-Type",
                path.endsWith("/edits") ? "application/x-ndjson" : "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static String encoded(String path) {
    return java.net.URLEncoder.encode(path, UTF_8).replace("%2F", "/");
  }

  private static String text(int content) {
    return "content ".repeat(content + 1);
  }

  private static int size(@Nullable Integer content) {
    return content == null ? 0 : text(content).length();
  }

  private static String sha256(int content) {
    return Facts.sha256(text(content).getBytes(UTF_8));
  }
}
