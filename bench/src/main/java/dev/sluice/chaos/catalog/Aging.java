package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.catalog.CatalogOp.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A dataset of which a retention rule keeps the newest version: v1 has an alias, v2 is released, v3
 * has to go, v4 is the newest.
 */
final class Aging {
  static final String DATASET = "aged";
  private static final int COUNT = 4;
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final String LINE = "/datasets/" + DATASET;

  private final CatalogTrial trial;
  private final CatalogApi api;

  Aging(CatalogTrial trial) {
    this.trial = trial;
    this.api = trial.api();
  }

  void run() throws Exception {
    Writer.made(api, DATASET);
    for (int number = 1; number <= COUNT; number++) {
      String version = LINE + "/versions/v" + number;
      api.done(
          "POST",
          LINE + "/versions",
          number == 1 ? Map.of() : Map.of("inheritedFrom", "v" + (number - 1)),
          409);
      api.done("POST", version + "/edits", put(number).lines());
      api.done("POST", version + "/seal", Map.of("expectedFiles", number));
    }
    api.done("PUT", LINE + "/aliases/keep", Map.of("version", "v1", "reason", "keep"), 428);
    api.done("POST", LINE + "/versions/v2/release", Map.of("reason", "good"), 409);
    api.done("PUT", LINE + "/retention", Map.of("keepLast", 1));
    boolean purged =
        Waits.until(
            SOON,
            () ->
                api.insist("GET", LINE + "/versions/v3", "")
                    .json()
                    .path("state")
                    .asText()
                    .equals("purged"));
    if (!purged) {
      trial.violated("aged@v3 is never purged");
    }
    api.done("DELETE", LINE + "/retention", "");
  }

  /** What went has gone once, and nothing else went. */
  static void judge(CatalogApi api, String summary, List<String> said, List<String> wrong) {
    String expected =
        "v1 sealed from v0 %s%nv2 released from v1 %s%nv3 purged from v2 %s%nv4 sealed from v3 %s%nalias keep v1%n"
            .formatted(digest(1), digest(2), digest(3), digest(4));
    if (!summary.equals(expected)) {
      wrong.add("%s is%n%snot%n%s".formatted(DATASET, summary, expected));
    }
    List<String> facts = new ArrayList<>(List.of("DatasetCreated"));
    for (int number = 1; number <= COUNT; number++) {
      facts.add("DraftOpened v" + number);
      facts.add("VersionCreated v" + number + " " + digest(number));
    }
    facts.addAll(
        List.of(
            "AliasMoved keep - v1",
            "VersionReleased v2",
            "VersionWithdrawn v3",
            "VersionPurged v3"));
    if (!said.equals(facts)) {
      wrong.add("%s said %s, not %s".formatted(DATASET, said, facts));
    }
    for (String action : List.of("version.withdrawn", "version.purged")) {
      List<String> entries = new ArrayList<>();
      JsonNode page =
          api.insist("GET", "/audit?limit=100&dataset=" + DATASET + "&action=" + action, "").json();
      page.path("items")
          .forEach(e -> entries.add(e.path("actor").asText() + " " + e.path("version").asText()));
      if (!entries.equals(List.of("retention v3"))) {
        wrong.add("%s has %s in its audit: %s".formatted(DATASET, action, entries));
      }
    }
  }

  private static Step.Put put(int number) {
    return new Step.Put("age-" + number, number % Contents.COUNT);
  }

  private static String digest(int number) {
    NavigableMap<String, Integer> files = new TreeMap<>();
    for (int i = 1; i <= number; i++) {
      files.put(put(i).path(), put(i).content());
    }
    return OwnDigest.of(files);
  }
}
