package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.catalog.CatalogOp.Step;
import dev.sluice.chaos.catalog.Feed.Place;
import dev.sluice.chaos.upload.EventsView;
import dev.sluice.chaos.upload.StoreView;
import dev.sluice.local.part.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One project: some writers with a dataset each, uploads, and garbage collections beside them. */
final class CatalogTrial {
  static final int WASTE = 100;
  private static final int WASTES = 4;
  private static final int STEPS = 24;
  private static final int MANY = 300;
  private static final Duration SOON = Duration.ofMinutes(3);

  private final CatalogApi api;
  private final String serviceToken;
  private final Feed feed;
  private final Garbage garbage;
  private final Random random;
  private final List<Writer> writers = new java.util.concurrent.CopyOnWriteArrayList<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final NavigableMap<String, Integer> uploaded = new TreeMap<>();
  private int saidAgain;
  private volatile boolean over;

  /** What all trials share. */
  record Tools(
      Database database, StoreView store, EventsView broker, EventsView facts, Receiver receiver) {}

  CatalogTrial(CatalogApi api, String serviceToken, Tools tools, Random random) {
    this.serviceToken = serviceToken;
    this.api = api;
    this.random = random;
    this.feed = new Feed(api.project(), tools.broker(), tools.store().client());
    this.garbage = new Garbage(api, tools.database());
  }

  CatalogApi api() {
    return api;
  }

  String serviceToken() {
    return serviceToken;
  }

  Feed feed() {
    return feed;
  }

  Garbage garbage() {
    return garbage;
  }

  List<Writer> writers() {
    return writers;
  }

  /** The files that uploads brought into {@code uploads@v1}. */
  NavigableMap<String, Integer> uploaded() {
    return uploaded;
  }

  List<String> wrong() {
    List<String> all = new ArrayList<>(wrong);
    writers.forEach(writer -> all.addAll(writer.wrong()));
    return all;
  }

  void violated(String what) {
    wrong.add(what);
  }

  /** Facts about uploads come so many times more. */
  void sayAgain(int times) {
    saidAgain = times;
  }

  /**
   * Makes the project while all is well: contents to use, a webhook, and what a first garbage
   * collection found that nobody needs, days ago.
   */
  void setUp(int count, String hook) throws Exception {
    api.done("POST", "!", CatalogApi.body("name", api.project()), 409);
    api.done("POST", "/webhooks", Map.of("url", hook));
    List<ProducerRecord<String, byte[]>> all = new ArrayList<>();
    Place pool = place("pool");
    for (int content = 0; content < Contents.COUNT; content++) {
      all.add(file(pool, "pool-" + content, content));
    }
    Place waste = place("waste");
    for (int content = WASTE; content < WASTE + WASTES; content++) {
      all.add(file(waste, "waste-" + content, content));
    }
    feed.say(all);
    awaitFiles(pool, Contents.COUNT);
    awaitFiles(waste, WASTES);
    seal(pool, Contents.COUNT);
    String draft = "/datasets/waste/versions/v1";
    api.done("POST", draft + "/edits", new Step.PutMany(0, MANY, 0).lines());
    api.done("DELETE", draft, "");
    for (int i = 0; i < count; i++) {
      writers.add(Writer.begin(api, "line-" + i));
    }
    garbage.daysLater();
    garbage.collect(false);
    garbage.daysLater();
  }

  private ProducerRecord<String, byte[]> file(Place place, String path, int content) {
    String key = "dataset/%s/v1/%s".formatted(place.dataset(), path);
    feed.bytes(key, content);
    return feed.whole(place, path, UUID.randomUUID(), content, key);
  }

  /** A dataset with an open draft, its first version. */
  Place place(String dataset) {
    String id = Writer.made(api, dataset);
    api.done("POST", "/datasets/" + dataset + "/versions", Map.of(), 409);
    return new Place(dataset, id, "v1");
  }

  void awaitFiles(Place place, int files) throws Exception {
    if (!Waits.until(SOON, () -> version(place).path("files").asInt() == files)) {
      throw new IllegalStateException(
          "%s has %s files, not %d".formatted(place, version(place).path("files"), files));
    }
  }

  private JsonNode version(Place place) {
    return api.insist(
            "GET", "/datasets/%s/versions/%s".formatted(place.dataset(), place.version()), "")
        .json();
  }

  void seal(Place place, int files) {
    api.done(
        "POST",
        "/datasets/%s/versions/%s/seal".formatted(place.dataset(), place.version()),
        Map.of("expectedFiles", files));
  }

  /** Everybody works, until all are done. */
  void run(boolean tour) {
    over = false;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> people = new ArrayList<>();
      for (Writer writer : writers) {
        Author author = new Author(new Random(random.nextLong()));
        people.add(start(threads, () -> write(writer, author)));
      }
      people.add(start(threads, this::upload));
      people.add(start(threads, this::comeLate));
      people.add(start(threads, () -> new Aging(this).run()));
      if (tour) {
        people.add(start(threads, () -> new Tour(this).run()));
      }
      CompletableFuture<Void> collector = start(threads, this::collect);
      people.forEach(CompletableFuture::join);
      over = true;
      collector.join();
    }
  }

  private static void write(Writer writer, Author author) {
    for (int i = 0; i < STEPS; i++) {
      writer.perform(author.next(writer.beliefs().any()));
    }
  }

  private void collect() {
    while (!over) {
      garbage.begin();
      Waits.pause(400);
    }
  }

  /** Files come, some twice, some not, some parts late; then all is sealed, and said once more. */
  private void upload() throws Exception {
    Place up = place("uploads");
    List<ProducerRecord<String, byte[]>> said = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String path = "file-" + i % 8;
      UUID id = UUID.randomUUID();
      said.add(feed.part(up, path, id));
      if (i == 3) {
        said.add(feed.aborted(up, path, id));
      } else {
        String key = "dataset/uploads/v1/" + path + "." + i;
        feed.bytes(key, i % Contents.COUNT);
        said.add(feed.whole(up, path, id, i % Contents.COUNT, key));
        uploaded.put(path, i % Contents.COUNT);
      }
      if (i % 3 == 0) {
        said.add(feed.part(up, path, id)); // its progress is told when it is over
      }
    }
    for (int from = 0; from < said.size(); from += 4) {
      feed.say(said.subList(from, Math.min(said.size(), from + 4)));
      feed.say(Feed.again(said.subList(0, from), saidAgain));
    }
    awaitFiles(up, uploaded.size());
    String files = "/datasets/uploads/versions/v1/files?limit=1000";
    boolean right =
        Waits.until(
            SOON,
            () ->
                api.insist("GET", files, "")
                    .json()
                    .path("items")
                    .findValuesAsText("sha256")
                    .equals(uploaded.values().stream().map(Contents::sha256).toList()));
    if (!right) {
      violated("uploads@v1 never had the last words: " + api.insist("GET", files, "").text());
    }
    boolean sealed =
        Waits.until(
            SOON,
            () ->
                api.insist(
                        "POST",
                        "/datasets/uploads/versions/v1/seal",
                        Map.of("expectedFiles", uploaded.size()))
                    .ok());
    if (!sealed) {
      violated("uploads@v1 cannot be sealed");
    }
    feed.say(Feed.again(said, 1));
  }

  /** A file points at an object that is about to leave. */
  private void comeLate() {
    Place late = place("late");
    for (int content = WASTE; content < WASTE + WASTES; content++) {
      String key = "dataset/waste/v1/waste-" + content;
      feed.say(List.of(feed.whole(late, "late-" + content, UUID.randomUUID(), content, key)));
      Waits.pause(random.nextInt(300));
    }
  }

  private CompletableFuture<Void> start(ExecutorService threads, Work work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (Writer.StoppedException stopped) {
            over = true;
          } catch (Exception e) {
            violated(String.valueOf(e));
          }
        },
        threads);
  }

  private interface Work {
    void run() throws Exception;
  }
}
