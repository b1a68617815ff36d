package dev.sluice.chaos.catalog;

import dev.sluice.chaos.catalog.CatalogOp.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One version after the other is sealed, by several at once, until readers have read enough. */
final class Seals {
  private static final int FILES = 76;
  private static final int SEALERS = 4;
  private static final String LINE = "/datasets/crowd";
  private static final String VERSIONS = LINE + "/versions";

  private final CatalogApi api;
  private final Readers readers = new Readers(VERSIONS, FILES);

  Seals(CatalogApi api) {
    this.api = api;
  }

  Readers readers() {
    return readers;
  }

  /** How many versions it took. */
  int run(long reads, CatalogApi reader) throws Exception {
    Writer.made(api, "crowd");
    int number = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      readers.start(threads, reader);
      try {
        while (readers.reads() < reads && !readers.hopeless()) {
          seal(++number, threads);
        }
      } finally {
        readers.stop();
      }
    }
    return number;
  }

  private void seal(int number, ExecutorService threads) throws Exception {
    String version = VERSIONS + "/v" + number;
    api.done(
        "POST",
        VERSIONS,
        number == 1 ? Map.of() : Map.of("inheritedFrom", "v" + (number - 1)),
        409);
    int content = number % Contents.COUNT;
    NavigableMap<String, Integer> files = new TreeMap<>();
    Step.PutMany step = new Step.PutMany(0, FILES, content);
    step.all().forEach(put -> files.put(put.path(), put.content()));
    readers.expect(number, OwnDigest.of(files));
    readers.turnTo(number);
    api.done("POST", version + "/edits", step.lines());
    readers.sealing(true);
    List<Future<?>> sealers = new ArrayList<>();
    for (int i = 0; i < SEALERS; i++) {
      sealers.add(
          threads.submit(
              () -> api.done("POST", version + "/seal", Map.of("expectedFiles", FILES))));
    }
    for (Future<?> each : sealers) {
      each.get();
    }
    readers.sealing(false);
  }
}
