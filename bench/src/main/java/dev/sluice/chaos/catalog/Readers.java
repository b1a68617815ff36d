package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.catalog.CatalogApi.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Read one version after the other, again and again, while it is sealed: every answer has to be the
 * draft's or the sealed one's, whole, and what was seen sealed is no draft any more.
 */
final class Readers {
  private static final int COUNT = 4;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_SEALED = 409;
  private static final int ENOUGH = 20;

  private final String versions;
  private final int files;
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private final Map<String, String> read = new ConcurrentHashMap<>();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong drafts = new AtomicLong();
  private final AtomicLong during = new AtomicLong();
  private final List<Future<?>> running = new ArrayList<>();
  private volatile int current = 1;
  private volatile boolean sealing;
  private volatile boolean over;

  /**
   * Nobody reads yet.
   *
   * @param versions the address of the line
   * @param files that each version has when it is sealed
   */
  Readers(String versions, int files) {
    this.versions = versions;
    this.files = files;
  }

  void start(ExecutorService threads, CatalogApi api) {
    for (int i = 0; i < COUNT; i++) {
      CatalogApi own = api.at(api.root());
      running.add(threads.submit(() -> read(own)));
    }
  }

  /** The version to read from now on. */
  void turnTo(int number) {
    current = number;
  }

  /** Between these two a seal is under way. */
  void sealing(boolean now) {
    sealing = now;
  }

  /** A digest that a version has to have, as somebody else knows. */
  void expect(int number, String digest) {
    same(number, digest);
  }

  void stop() throws Exception {
    over = true;
    for (Future<?> each : running) {
      each.get();
    }
  }

  long reads() {
    return reads.get();
  }

  /** Of drafts, of them. */
  long ofDrafts() {
    return drafts.get();
  }

  /** That began or ended while a seal was under way, of them. */
  long duringSeals() {
    return during.get();
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  boolean hopeless() {
    return wrong.size() > ENOUGH;
  }

  private void read(CatalogApi api) {
    Set<Integer> seenSealed = new HashSet<>();
    while (!over && !hopeless()) {
      int number = current;
      String path = versions + "/v" + number;
      boolean began = sealing;
      api.once("GET", path, "").ifPresent(a -> look(number, a, began, seenSealed));
      boolean next = sealing;
      api.once("GET", path + "/manifest", "").ifPresent(a -> manifest(number, a, next, seenSealed));
    }
  }

  private void look(int number, Answer answer, boolean began, Set<Integer> seenSealed) {
    if (answer.status() == NOT_FOUND) {
      return;
    }
    JsonNode version = answer.json();
    boolean draft = version.path("state").asText().equals("draft");
    count(draft, began);
    if (draft == version.hasNonNull("digest")) {
      wrong.add("half a seal: " + answer.text());
    }
    if (draft) {
      stillDraft(number, seenSealed);
    } else {
      seenSealed.add(number);
      same(number, version.path("digest").asText());
      if (version.path("files").asInt() != files) {
        wrong.add("a sealed version of other files: " + answer.text());
      }
    }
  }

  private void manifest(int number, Answer answer, boolean began, Set<Integer> seenSealed) {
    if (answer.status() == NOT_FOUND) {
      return;
    }
    count(answer.status() == NOT_SEALED, began);
    if (answer.status() == NOT_SEALED) {
      stillDraft(number, seenSealed);
    } else if (answer.status() == OK) {
      seenSealed.add(number);
      same(number, read.computeIfAbsent(answer.text(), Readers::digestOf));
      same(number, answer.etag().replace("\"", ""));
    } else {
      wrong.add("a manifest was answered " + answer.status() + " " + answer.text());
    }
  }

  private void count(boolean draft, boolean began) {
    reads.incrementAndGet();
    if (draft) {
      drafts.incrementAndGet();
    }
    if (began || sealing) {
      during.incrementAndGet();
    }
  }

  private void stillDraft(int number, Set<Integer> seenSealed) {
    if (seenSealed.contains(number)) {
      wrong.add("v%d was sealed and is a draft again".formatted(number));
    }
  }

  private void same(int number, String digest) {
    String first = digests.putIfAbsent("v" + number, digest);
    if (first != null && !first.equals(digest)) {
      wrong.add("v%d has digest %s and %s".formatted(number, first, digest));
    }
  }

  /** The digest of a manifest, from its lines; one that was read before is the same. */
  private static String digestOf(String manifest) {
    List<OwnDigest.Item> lines = new ArrayList<>();
    manifest
        .lines()
        .map(Readers::parsed)
        .forEach(
            f ->
                lines.add(
                    OwnDigest.line(
                        f.path("path").asText(),
                        f.path("size").asLong(),
                        f.path("sha256").asText(),
                        f.path("mediaType").asText())));
    return OwnDigest.of(lines);
  }

  private static JsonNode parsed(String line) {
    try {
      return CatalogApi.JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
