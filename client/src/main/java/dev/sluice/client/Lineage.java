package dev.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How a version came to be: versions and runs as nodes, "was made from" as edges. */
public record Lineage(List<JsonNode> nodes, List<JsonNode> edges) {

  public Lineage {
    nodes = Lists.orEmpty(nodes);
    edges = Lists.orEmpty(edges);
  }
}
