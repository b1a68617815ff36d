package dev.sluice.processing.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An operator as the API shows it.
 *
 * @param name as a manifest writes it
 * @param group clean, filtration, duplicates, …
 * @param reads the columns it needs when its parameters name no other
 * @param parameters a JSON Schema of its parameters, from which a form can be drawn
 */
public record OperatorView(
    String name,
    String group,
    String title,
    String description,
    List<String> reads,
    JsonNode parameters) {
  public OperatorView {
    reads = List.copyOf(reads);
  }
}
