package dev.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A manifest with places for values.
 *
 * @param number counts from 1; a change makes another
 */
public record Template(
    String project,
    String name,
    int number,
    @Nullable JsonNode manifest,
    List<TemplateParameter> parameters,
    @Nullable String createdBy,
    @Nullable Instant createdAt) {

  public Template {
    parameters = Lists.orEmpty(parameters);
  }
}
