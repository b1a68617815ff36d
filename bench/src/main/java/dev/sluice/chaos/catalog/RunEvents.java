package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.EventsView.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an OpenLineage receiver has to have heard of a project, by what was said on the topic. */
final class RunEvents {
  private RunEvents() {}

  /** A run event in the judge's words: {@code wiki v1 COMPLETE}. */
  static String words(JsonNode event) {
    JsonNode output = event.at("/outputs/0");
    String name = output.path("name").asText();
    return "%s %s %s"
        .formatted(
            name.substring(name.indexOf('/') + 1),
            output.at("/facets/version/datasetVersion").asText(),
            event.path("eventType").asText());
  }

  /** The project of a run event. */
  static String project(JsonNode event) {
    String name = event.at("/outputs/0/name").asText();
    return name.substring(0, Math.max(0, name.indexOf('/')));
  }

  /**
   * Each fact of a version that is there was told at least once, those of a dataset in their order.
   *
   * @param told words of run events, in the order of their first arrival
   */
  static void judge(List<Heard> heard, List<String> told, List<String> wrong) {
    Set<String> gone =
        heard.stream()
            .filter(h -> type(h).equals("DatasetPurged"))
            .map(h -> h.data().path("dataset").asText())
            .collect(Collectors.toSet());
    List<String> wanted =
        heard.stream()
            .filter(h -> !state(h).isEmpty())
            .map(
                h ->
                    "%s %s %s"
                        .formatted(
                            h.data().path("dataset").asText(),
                            h.data().path("version").asText(),
                            state(h)))
            .toList();
    Map<String, List<String>> expected = byDataset(wanted);
    Map<String, List<String>> found =
        byDataset(
            told.stream()
                .filter(words -> !words.endsWith(" RUNNING"))
                .map(words -> words.replaceAll(" (FAIL|ABORT)$", " ENDED"))
                .toList());
    expected.keySet().removeAll(gone);
    found.keySet().removeAll(gone);
    if (!found.keySet().equals(expected.keySet())) {
      wrong.add("OpenLineage heard of %s, not of %s".formatted(found.keySet(), expected.keySet()));
    }
    expected.forEach(
        (dataset, all) -> {
          List<String> came = found.getOrDefault(dataset, List.of());
          if (!came.equals(all)) {
            wrong.add("OpenLineage heard %s, not %s".formatted(came, all));
          }
        });
  }

  private static Map<String, List<String>> byDataset(List<String> words) {
    Map<String, List<String>> all = new TreeMap<>();
    words.forEach(
        each ->
            all.computeIfAbsent(each.substring(0, each.indexOf(' ')), d -> new ArrayList<>())
                .add(each));
    return all;
  }

  private static String state(Heard heard) {
    return switch (type(heard)) {
      case "DraftOpened" -> "START";
      case "VersionCreated" -> "COMPLETE";
      case "DraftDropped" -> "ENDED";
      default -> "";
    };
  }

  private static String type(Heard heard) {
    return heard.type().replace("dev.sluice.", "").replace(".v1", "");
  }
}
