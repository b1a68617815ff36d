package dev.sluice.processing.automation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * A manifest with places for values.
 *
 * @param number counts from 1
 */
public record Template(
    String project,
    String name,
    int number,
    JsonNode manifest,
    List<Parameter> parameters,
    String createdBy,
    Instant createdAt) {
  public Template {
    parameters = List.copyOf(parameters);
  }
}
