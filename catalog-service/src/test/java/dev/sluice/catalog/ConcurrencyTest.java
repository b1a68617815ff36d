package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many at once: one line of versions, whole answers, losers told. */
@QuarkusTest
@CatalogServers
class ConcurrencyTest {
  private static final int WRITERS = 16;
  private static final int FILES = 60;

  @Test
  void letsOneOfManyOpenADraft() throws Exception {
    // Given
    try (DraftWorld world = new DraftWorld("v-race-open")) {
      // When
      List<Integer> answers =
          together(WRITERS, i -> as("ada").post(world.versions(), Map.of()).statusCode());

      // Then
      assertThat(answers).containsOnlyOnce(201);
      assertThat(answers.stream().filter(code -> code == 409)).hasSize(WRITERS - 1);
    }
  }

  @Test
  void keepsTheEditsOfAllWriters() throws Exception {
    // Given
    try (DraftWorld world = new DraftWorld("v-race-edit")) {
      String draft = world.draft(Map.of("seed.txt", "seed"));
      String put =
          "{\"op\":\"put\",\"path\":\"by-%d.txt\",\"sha256\":\""
              + Facts.sha256("seed".getBytes(UTF_8))
              + "\",\"size\":4}";

      // When
      List<Integer> answers =
          together(WRITERS, i -> DraftWorld.edit(draft, put.formatted(i)).statusCode());

      // Then
      assertThat(answers).containsOnly(200);
      assertThat(paths(draft)).hasSize(WRITERS + 1).contains("by-0.txt", "by-15.txt", "seed.txt");
    }
  }

  @Test
  void sealsWhileOthersEditWithoutMixing() throws Exception {
    // Given
    try (DraftWorld world = new DraftWorld("v-race-seal")) {
      String draft = world.draft(Map.of("seed.txt", "seed"));
      String put =
          "{\"op\":\"put\",\"path\":\"by-%d.txt\",\"sha256\":\""
              + Facts.sha256("seed".getBytes(UTF_8))
              + "\",\"size\":4}";

      // When
      List<Integer> answers =
          together(
              WRITERS,
              i ->
                  i % 4 == 0
                      ? -as("ada").post(draft + "/seal", Map.of("expectedFiles", 1)).statusCode()
                      : DraftWorld.edit(draft, put.formatted(i)).statusCode());
      boolean sealed = answers.contains(-200);

      // Then: either it was sealed with one file and every edit was refused, or edits came first.
      List<String> paths = paths(draft);
      long edited = answers.stream().filter(code -> code == 200).count();
      assertThat(paths).hasSize((int) edited + 1);
      assertThat(sealed).isEqualTo(edited == 0);
    }
  }

  @Test
  void showsAVersionWholeOrNotAtAll() throws Exception {
    // Given
    try (DraftWorld world = new DraftWorld("v-race-read")) {
      TreeMap<String, String> texts = new TreeMap<>();
      IntStream.range(0, FILES).forEach(i -> texts.put("f-%03d.txt".formatted(i), "text " + i));
      String draft = world.draft(texts);

      // When
      List<List<String>> seen =
          together(
              WRITERS,
              i -> {
                if (i == 0) {
                  world.seal(draft);
                }
                List<String> answers = new ArrayList<>();
                for (int read = 0; read < 40; read++) {
                  Response manifest = as("ada").get(draft + "/manifest");
                  answers.add(
                      manifest.statusCode() == 200
                          ? manifest.asString().lines().count() + " of " + manifest.header("ETag")
                          : "" + manifest.statusCode());
                }
                return answers;
              });

      // Then
      String digest = as("ada").get(draft).path("digest");
      assertThat(seen.stream().flatMap(List::stream).distinct())
          .isSubsetOf("409", FILES + " of \"" + digest + "\"");
    }
  }

  private static List<String> paths(String version) {
    return as("ada").get(version + "/files?limit=1000").path("items.path");
  }

  private static <T> List<T> together(int count, Work<T> work) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        Callable<T> task =
            () -> {
              start.await();
              return work.run(number);
            };
        running.add(threads.submit(task));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    }
  }

  private interface Work<T> {
    T run(int number) throws Exception;
  }
}
