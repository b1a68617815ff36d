package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.catalog.CatalogTrial.Tools;
import dev.sluice.chaos.upload.EventsView.Heard;
import dev.sluice.chaos.upload.LedgerView;
import dev.sluice.chaos.upload.StoreView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges a project from outside: what its writers believe, the rows, what the service shows, the
 * topic, what webhooks brought, the audit and the objects have to tell one story.
 */
final class CatalogJudge {
  private static final Duration RESTS_WITHIN = Duration.ofMinutes(2);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(75);
  private static final String DATASETS =
      "select to_jsonb(d)::text from catalog.dataset d where d.project = ? and d.purged_at is null";
  private static final String TRASHED =
      """
      select count(*) from catalog.dataset
      where project = ? and id = ?::uuid and deleted_at is not null
      """;
  private static final String RESTLESS =
      """
      select (select count(*) from catalog.outbox_event where project = ?)
           + (select count(*) from catalog.openlineage_fact where project = ?)
           + (select count(*) from catalog.dataset
              where project = ? and purge_started_at is not null and purged_at is null)
           + (select count(*) from catalog.stored_object where project = ? and state = 'removed')
      """;

  private final Tools tools;
  private final LedgerView rows;
  private final Map<String, Map<String, String>> manifests = new TreeMap<>();
  private final Map<String, CatalogApi> apis = new HashMap<>();
  private long versions;
  private long facts;
  private double slowestRest;

  CatalogJudge(Tools tools) {
    this.tools = tools;
    this.rows = new LedgerView(tools.database());
  }

  long versions() {
    return versions;
  }

  long facts() {
    return facts;
  }

  double slowestRest() {
    return slowestRest;
  }

  /** What is wrong with a trial that is over. */
  List<String> of(CatalogTrial trial) throws Exception {
    List<String> wrong = new ArrayList<>(trial.wrong());
    if (!wrong.isEmpty()) {
      return wrong;
    }
    CatalogApi api = trial.api();
    rest(api, wrong);
    for (Writer writer : trial.writers()) {
      while (writer.beliefs().any().trashed
          || rows.count(TRASHED, api.project(), writer.datasetId()) > 0) {
        writer.perform(new CatalogOp.Undelete("judged"));
      }
    }
    collect(trial, wrong);
    rest(api, wrong);
    Map<String, String> keys = new TreeMap<>();
    Map<String, Snapshot> found = new TreeMap<>();
    for (JsonNode dataset : rows.rows(DATASETS, api.project())) {
      String name = dataset.path("name").asText();
      Snapshot snapshot = Snapshot.of(api, rows, name, dataset.path("id").asText());
      found.put(name, snapshot);
      wrong.addAll(snapshot.wrong());
      keys.putAll(snapshot.keys());
      versions += snapshot.sealed();
      manifests.computeIfAbsent(api.project(), p -> new TreeMap<>()).putAll(snapshot.manifests());
    }
    apis.put(api.project(), api);
    List<Heard> heard = tools.facts().of(api.project());
    facts += heard.size();
    for (Writer writer : trial.writers()) {
      judge(api, writer, found, heard, wrong);
    }
    uploads(trial, found, heard, wrong);
    aged(api, found, heard, wrong);
    RunEvents.judge(heard, tools.receiver().runEventsOf(api.project()), wrong);
    objects(api.project(), keys, wrong);
    hooks(api.project(), heard, wrong);
    return wrong;
  }

  /** Versions that were sealed once are what they were; to be asked at the end of all trials. */
  List<String> still() {
    List<String> wrong = new ArrayList<>();
    manifests.forEach(
        (project, all) ->
            all.forEach(
                (path, before) -> {
                  String now =
                      java.util.Objects.requireNonNull(apis.get(project))
                          .insist("GET", path + "/manifest", "")
                          .text();
                  if (!Contents.sha256(now.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                      .equals(before)) {
                    wrong.add(project + path + " has another manifest at the end");
                  }
                }));
    return wrong;
  }

  private void rest(CatalogApi api, List<String> wrong) throws Exception {
    long begin = System.nanoTime();
    String p = api.project();
    if (!Waits.until(RESTS_WITHIN, () -> rows.count(RESTLESS, p, p, p, p) == 0)) {
      wrong.add("facts are not said, objects not deleted or datasets not purged");
    }
    slowestRest = Math.max(slowestRest, (System.nanoTime() - begin) / 1e9);
  }

  /** Everything is old enough to go; what nobody needs goes, in three steps, and nothing else. */
  private static void collect(CatalogTrial trial, List<String> wrong) throws Exception {
    for (int i = 0; i < 2; i++) {
      trial.garbage().daysLater();
      trial.garbage().collect(false);
    }
    trial.garbage().daysLater();
    JsonNode left = trial.garbage().collect(true);
    if (left.path("nodesDeleted").path("count").asLong() != 0) {
      wrong.add("garbage is left: " + left);
    }
  }

  private void judge(
      CatalogApi api,
      Writer writer,
      Map<String, Snapshot> found,
      List<Heard> heard,
      List<String> wrong) {
    Snapshot snapshot = found.get(writer.dataset());
    if (snapshot == null) {
      wrong.add(writer.dataset() + " is gone");
      return;
    }
    List<LineModel> same =
        writer.beliefs().possible().stream()
            .filter(line -> !line.trashed && Snapshot.of(line).equals(snapshot.summary()))
            .toList();
    if (same.isEmpty()) {
      wrong.add(
          "%s is\n%snot\n%s"
              .formatted(
                  writer.dataset(),
                  snapshot.summary(),
                  Snapshot.of(writer.beliefs().possible().iterator().next())));
      return;
    }
    List<String> said = said(heard, writer.datasetId());
    List<String> audit = audit(api, writer.dataset(), wrong);
    Optional<LineModel> right =
        same.stream().filter(l -> l.facts.equals(said) && l.audit.equals(audit)).findFirst();
    if (right.isEmpty()) {
      wrong.add("%s said %s, not %s".formatted(writer.dataset(), said, same.getFirst().facts));
      wrong.add(
          "%s has audit %s, not %s".formatted(writer.dataset(), audit, same.getFirst().audit));
      return;
    }
    right
        .get()
        .clones
        .forEach(
            (name, files) -> {
              Snapshot clone = found.get(name);
              String digest = OwnDigest.of(files);
              String expected = "v1 sealed from v0 " + digest + "\n";
              if (clone == null || !clone.summary().equals(expected)) {
                wrong.add(
                    name
                        + " is "
                        + (clone == null ? "not there" : clone.summary())
                        + ", not "
                        + expected);
              }
              once(
                  name,
                  heard,
                  List.of("DatasetCreated", "DraftOpened v1", "VersionCreated v1 " + digest),
                  wrong);
              List<String> entries = audit(api, name, wrong);
              if (!entries.equals(
                  List.of("dataset.created", "version.opened v1", "version.sealed v1"))) {
                wrong.add(name + " has audit " + entries);
              }
            });
  }

  private static void once(
      String dataset, List<Heard> heard, List<String> expected, List<String> wrong) {
    List<String> said =
        heard.stream()
            .filter(h -> h.data().path("dataset").asText().equals(dataset))
            .map(CatalogJudge::about)
            .toList();
    if (!said.equals(expected)) {
      wrong.add("%s said %s, not %s".formatted(dataset, said, expected));
    }
  }

  /** Drafts that facts of others filled. */
  private static void uploads(
      CatalogTrial trial, Map<String, Snapshot> found, List<Heard> heard, List<String> wrong) {
    sealedOnce(found, "uploads", OwnDigest.of(trial.uploaded()), heard, wrong);
    if (found.containsKey("computed")) {
      sealedOnce(found, "imported", OwnDigest.of(new TreeMap<>(Map.of("one", 60))), heard, wrong);
      sealedOnce(
          found, "computed", OwnDigest.of(new TreeMap<>(Map.of("part.txt", 61))), heard, wrong);
      sealedOnce(
          found,
          "erased",
          OwnDigest.of(new TreeMap<>(Map.of("secret", Tour.ERASED))),
          heard,
          wrong);
      long erased = heard.stream().filter(h -> about(h).equals("FileErased")).count();
      if (erased != 1) {
        wrong.add("FileErased was said " + erased + " times");
      }
      if (found.containsKey("gone")
          || heard.stream().filter(h -> about(h).equals("DatasetPurged")).count() != 1) {
        wrong.add("dataset gone was not purged once: " + found.keySet());
      }
    }
  }

  private static void aged(
      CatalogApi api, Map<String, Snapshot> found, List<Heard> heard, List<String> wrong) {
    Snapshot aged = found.get(Aging.DATASET);
    List<String> said =
        heard.stream()
            .filter(h -> h.data().path("dataset").asText().equals(Aging.DATASET))
            .map(CatalogJudge::about)
            .toList();
    Aging.judge(api, aged == null ? "gone" : aged.summary(), said, wrong);
  }

  private static void sealedOnce(
      Map<String, Snapshot> found,
      String dataset,
      String digest,
      List<Heard> heard,
      List<String> wrong) {
    Snapshot snapshot = found.get(dataset);
    String expected = "v1 sealed from v0 " + digest + "\n";
    if (snapshot == null || !snapshot.summary().equals(expected)) {
      wrong.add(
          "%s is %s, not %s"
              .formatted(dataset, snapshot == null ? "gone" : snapshot.summary(), expected));
    }
    once(
        dataset,
        heard,
        List.of("DatasetCreated", "DraftOpened v1", "VersionCreated v1 " + digest),
        wrong);
  }

  private static List<String> said(List<Heard> heard, String datasetId) {
    return heard.stream()
        .filter(h -> h.data().path("datasetId").asText().equals(datasetId))
        .map(CatalogJudge::about)
        .toList();
  }

  private static String about(Heard heard) {
    JsonNode data = heard.data();
    String type = heard.type().replace("dev.sluice.", "").replace(".v1", "");
    return switch (type) {
      case "VersionCreated" ->
          type + " " + data.path("version").asText() + " " + data.path("digest").asText();
      case "DraftDropped" ->
          type + " " + data.path("version").asText() + " " + data.path("reason").asText();
      case "AliasMoved" ->
          type
              + " "
              + data.path("alias").asText()
              + " "
              + data.path("from").asText("-").replace("null", "-")
              + " "
              + data.path("to").asText("-").replace("null", "-");
      default -> data.hasNonNull("version") ? type + " " + data.path("version").asText() : type;
    };
  }

  private static List<String> audit(CatalogApi api, String dataset, List<String> wrong) {
    List<String> entries = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.insist("GET", "/audit?limit=100&dataset=" + dataset + cursor, "").json();
      for (JsonNode entry : page.path("items")) {
        if (!entry.path("actor").asText().equals("ada") || !entry.hasNonNull("at")) {
          wrong.add("the audit does not say who and when: " + entry);
        }
        entries.addFirst(
            String.join(
                    " ",
                    entry.path("action").asText(),
                    entry.path("version").asText(),
                    entry.path("object").asText(),
                    entry.path("reason").asText())
                .replaceAll(" +", " ")
                .strip());
      }
      cursor = page.hasNonNull("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    return entries;
  }

  /** Every object that a version reaches is there, byte for byte, unless it was erased. */
  private void objects(String project, Map<String, String> keys, List<String> wrong)
      throws Exception {
    String erased = Contents.sha256(Tour.ERASED);
    for (Map.Entry<String, String> each : keys.entrySet()) {
      Optional<StoreView.Content> content =
          tools.store().content(Feed.bucket(project), each.getKey());
      if (each.getValue().equals(erased)) {
        if (content.isPresent()) {
          wrong.add(each.getKey() + " was erased and is there");
        }
      } else if (!content.map(StoreView.Content::sha256).equals(Optional.of(each.getValue()))) {
        wrong.add(each.getKey() + " is in a version, its bytes are " + content);
      }
    }
  }

  /** Webhooks bring each fact at least once, and those of one key in their order. */
  private void hooks(String project, List<Heard> heard, List<String> wrong) throws Exception {
    Map<String, String> keyOf = new HashMap<>();
    heard.forEach(each -> keyOf.put(messageId(each), each.source().key()));
    List<String> wanted =
        heard.stream()
            .filter(h -> !List.of("ProjectCreated", "MemberAdded").contains(about(h)))
            .map(CatalogJudge::messageId)
            .toList();
    Waits.until(TOLD_WITHIN, () -> tools.receiver().of(project).containsAll(wanted));
    List<String> told = tools.receiver().of(project).stream().filter(keyOf::containsKey).toList();
    Map<String, List<String>> expected = byKey(wanted, keyOf);
    Map<String, List<String>> found = byKey(told, keyOf);
    expected.forEach(
        (key, ids) -> {
          if (!ids.equals(found.getOrDefault(key, List.of()))) {
            wrong.add(
                "webhooks brought %s of %s, not %s"
                    .formatted(found.getOrDefault(key, List.of()), key, ids));
          }
        });
  }

  private static String messageId(Heard heard) {
    return "msg_" + heard.id().replace("-", "");
  }

  private static Map<String, List<String>> byKey(List<String> ids, Map<String, String> keyOf) {
    Map<String, List<String>> all = new TreeMap<>();
    ids.forEach(
        id -> all.computeIfAbsent(String.valueOf(keyOf.get(id)), k -> new ArrayList<>()).add(id));
    return all;
  }
}
