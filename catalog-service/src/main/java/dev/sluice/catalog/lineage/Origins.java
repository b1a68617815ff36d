package dev.sluice.catalog.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.events.ImportEvent.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the places an import's files came from. */
final class Origins {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Origins() {}

  static String write(List<Origin> sources) {
    try {
      return JSON.writeValueAsString(sources);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write sources", e);
    }
  }

  static List<Origin> read(@Nullable String json) {
    try {
      return json == null ? List.of() : JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read sources", e);
    }
  }
}
