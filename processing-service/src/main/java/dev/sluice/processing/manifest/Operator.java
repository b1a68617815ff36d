package dev.sluice.processing.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One step of Sluice's own program.
 *
 * @param name in the catalogue of operators
 * @param parameters an object; empty when the manifest gives none
 */
public record Operator(String name, JsonNode parameters) {
  /** As it stands in a job spec and in events. */
  public JsonNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
    json.set("parameters", parameters);
    return json;
  }
}
