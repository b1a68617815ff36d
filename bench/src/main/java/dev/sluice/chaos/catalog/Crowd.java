package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.catalog.CatalogApi.Answer;
import dev.sluice.chaos.catalog.CatalogOp.Step;
import dev.sluice.chaos.upload.LedgerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Sixteen writers on one line and one alias, and readers who see each version whole or not at all.
 * Whoever gets no answer may have won or lost.
 */
final class Crowd {
  private static final int WRITERS = 16;
  private static final int FILES = 60;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final String LINE = "/datasets/crowd";
  private static final String VERSIONS = LINE + "/versions";
  private static final String MOVES =
      """
      select to_jsonb(m)::text from catalog.version_name_move m
      join catalog.dataset d on d.id = m.dataset_id
      where m.project = ? and d.name = 'crowd' order by m.id
      """;

  private final CatalogApi api;
  private final LedgerView rows;
  private final Random random;
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Readers readers = new Readers(VERSIONS, FILES + WRITERS);
  private int won;
  private int open;

  Crowd(CatalogApi api, LedgerView rows, Random random) {
    this.api = api;
    this.rows = rows;
    this.random = random;
  }

  List<String> wrong() {
    List<String> all = new ArrayList<>(wrong);
    all.addAll(readers.wrong());
    return all;
  }

  Readers readers() {
    return readers;
  }

  /** Versions one after the other, each fought for. */
  void run(int cycles, CatalogApi reader) throws Exception {
    Writer.made(api, "crowd");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      readers.start(threads, reader);
      try {
        for (int cycle = 1; cycle <= cycles; cycle++) {
          cycle(cycle);
        }
      } finally {
        readers.stop();
      }
    }
    judgeMoves();
  }

  private void cycle(int number) throws Exception {
    openOne(number);
    readers.turnTo(number);
    Set<String> there = edit(number);
    readers.sealing(true);
    seal(number, there);
    readers.sealing(false);
    if (number > 1) {
      moveAlias(number);
    }
  }

  /** One of sixteen opens the draft. */
  private void openOne(int number) throws Exception {
    Map<String, Object> body = number == 1 ? Map.of() : Map.of("inheritedFrom", "v" + (number - 1));
    List<Optional<Answer>> answers = together(i -> api.once("POST", VERSIONS, body));
    long made = count(answers, CREATED);
    boolean lost = answers.stream().anyMatch(Optional::isEmpty);
    if (made > 1 || (made == 0 && !lost)) {
      wrong.add("v%d was opened %d times: %s".formatted(number, made, statuses(answers)));
    }
    answers.stream()
        .flatMap(Optional::stream)
        .filter(a -> a.status() != CREATED && a.status() != 409)
        .forEach(a -> wrong.add("who loses is told: " + a));
    Answer last = api.insist("POST", VERSIONS, body);
    if (last.status() == CREATED && made > 0) {
      wrong.add("v%d was opened twice".formatted(number));
    }
  }

  /** All write at once; what was acknowledged stays. */
  private Set<String> edit(int number) throws Exception {
    String edits = VERSIONS + "/v" + number + "/edits";
    if (number == 1) {
      api.done("POST", edits, new Step.PutMany(0, FILES, 0).lines());
    }
    List<Optional<Answer>> answers =
        together(
            i ->
                api.once(
                    "POST",
                    edits,
                    new Step.Put("by-%02d".formatted(i), (number + i) % Contents.COUNT).lines()));
    answers.stream()
        .flatMap(Optional::stream)
        .filter(a -> a.status() != OK)
        .forEach(a -> wrong.add("an edit was refused: " + a));
    // What was not answered is done by somebody again, so that all know what is there.
    for (int i = 0; i < WRITERS; i++) {
      if (answers.get(i).isEmpty()) {
        api.done(
            "POST",
            edits,
            new Step.Put("by-%02d".formatted(i), (number + i) % Contents.COUNT).lines());
      }
    }
    Set<String> there = new TreeSet<>();
    api.insist("GET", VERSIONS + "/v" + number + "/files?limit=1000", "")
        .json()
        .path("items")
        .forEach(file -> there.add(file.path("path").asText()));
    if (there.size() != FILES + WRITERS) {
      wrong.add("v%d lost an edit: %s".formatted(number, there));
    }
    return there;
  }

  /** Some seal while others write and read. */
  private void seal(int number, Set<String> there) throws Exception {
    String version = VERSIONS + "/v" + number;
    List<Optional<Answer>> answers =
        together(
            i ->
                i % 2 == 0
                    ? api.once("POST", version + "/seal", Map.of("expectedFiles", there.size()))
                    : api.once(
                        "POST",
                        version + "/edits",
                        new Step.Put("by-%02d".formatted(i), i % 3).lines()));
    Answer sealed = api.insist("POST", version + "/seal", Map.of("expectedFiles", there.size()));
    if (sealed.status() != OK) {
      wrong.add("v%d cannot be sealed: %s".formatted(number, sealed));
      return;
    }
    TreeMap<String, String> contents = new TreeMap<>();
    Answer manifest = api.insist("GET", version + "/manifest", "");
    manifest
        .text()
        .lines()
        .map(Crowd::parsed)
        .forEach(f -> contents.put(f.path("path").asText(), f.path("sha256").asText()));
    for (int i = 1; i < WRITERS; i += 2) {
      boolean acknowledged = answers.get(i).map(a -> a.status() == OK).orElse(false);
      boolean unknown = answers.get(i).isEmpty();
      String mine = Contents.sha256(i % 3);
      String before = Contents.sha256((number + i) % Contents.COUNT);
      String now = contents.getOrDefault("by-%02d".formatted(i), "nothing");
      boolean right =
          acknowledged
              ? now.equals(mine)
              : unknown ? now.equals(mine) || now.equals(before) : now.equals(before);
      if (!right) {
        wrong.add(
            "v%d: by-%02d was answered %s and is %s"
                .formatted(number, i, statuses(List.of(answers.get(i))), now));
      }
    }
  }

  /** All move the alias from where they saw it; one does. */
  private void moveAlias(int number) throws Exception {
    String alias = LINE + "/aliases/head";
    if (number == 2) {
      api.done("PUT", alias, Map.of("version", "v1"), 428);
    }
    Answer seen = api.insist("GET", alias, "");
    int from = Integer.parseInt(seen.json().path("version").asText("v0").substring(1));
    List<Optional<Answer>> answers =
        together(
            i -> {
              int to = 1 + (from + random.nextInt(number - 1)) % number;
              return api.once("PUT", alias, Map.of("version", "v" + to), "If-Match", seen.etag());
            });
    long moved = count(answers, OK);
    long lost = answers.stream().filter(Optional::isEmpty).count();
    won += (int) moved;
    open += (int) lost;
    if (moved > 1 || (moved == 0 && lost == 0)) {
      wrong.add("%d of 16 moved the alias: %s".formatted(moved, statuses(answers)));
    }
    answers.stream()
        .flatMap(Optional::stream)
        .filter(a -> a.status() != OK && a.status() != 412)
        .forEach(a -> wrong.add("who loses is told: " + a));
  }

  /** The history is one line, and each acknowledged move is in it once. */
  private void judgeMoves() throws Exception {
    List<JsonNode> moves = rows.rows(MOVES, api.project());
    int at = 0;
    for (JsonNode move : moves) {
      if (move.path("from_number").asInt() != at) {
        wrong.add(
            "the alias moved from v%d, but was at v%d"
                .formatted(move.path("from_number").asInt(), at));
      }
      at = move.path("to_number").asInt();
    }
    if (moves.size() < won + 1 || moves.size() > won + 1 + open) {
      wrong.add("%d moves, %d acknowledged, %d unknown".formatted(moves.size(), won + 1, open));
    }
  }

  private static <T> List<T> together(Work<T> work) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running =
          IntStream.range(0, WRITERS)
              .mapToObj(
                  i -> {
                    Callable<T> task =
                        () -> {
                          start.await();
                          return work.run(i);
                        };
                    return threads.submit(task);
                  })
              .toList();
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

  private static long count(List<Optional<Answer>> answers, int status) {
    return answers.stream().flatMap(Optional::stream).filter(a -> a.status() == status).count();
  }

  private static List<String> statuses(List<Optional<Answer>> answers) {
    return answers.stream().map(a -> a.map(b -> "" + b.status()).orElse("nothing")).toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return CatalogApi.JSON.readTree(line);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
