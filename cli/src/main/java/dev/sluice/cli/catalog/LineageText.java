package dev.sluice.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.client.Lineage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A lineage as lines of text: {@code notes@v1 -> run 4f… -> notes-chunks@v1}. */
final class LineageText {

  private LineageText() {}

  static List<String> lines(Lineage lineage) {
    Map<String, String> names = new HashMap<>();
    lineage.nodes().forEach(node -> names.put(node.path("id").asText(), name(node)));
    List<String> lines = new ArrayList<>();
    for (JsonNode edge : lineage.edges()) {
      lines.add(end(edge, names, "from", "source") + " -> " + end(edge, names, "to", "target"));
    }
    return lines.isEmpty() ? lineage.nodes().stream().map(LineageText::name).toList() : lines;
  }

  private static String name(JsonNode node) {
    if (node.hasNonNull("dataset")) {
      return node.path("dataset").asText() + "@" + node.path("version").asText("?");
    }
    if (node.hasNonNull("runId")) {
      return "run " + node.path("runId").asText();
    }
    if (node.hasNonNull("collection")) {
      return "collection " + node.path("collection").asText();
    }
    String kind = node.path("kind").asText("");
    String id = node.path("id").asText(node.toString());
    String rest = id.startsWith(kind + ":") ? id.substring(kind.length() + 1) : id;
    return (kind + " " + rest).strip();
  }

  private static String end(
      JsonNode edge, Map<String, String> names, String name, String otherName) {
    String id = edge.path(name).asText(edge.path(otherName).asText("?"));
    return names.getOrDefault(id, id);
  }
}
