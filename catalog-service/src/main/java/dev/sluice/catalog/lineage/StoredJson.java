package dev.sluice.catalog.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.events.ImportEvent.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON in the database: where an import's files came from, what a run was told and wrote. */
final class StoredJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private StoredJson() {}

  static @Nullable String write(@Nullable Object value) {
    try {
      return value == null ? null : JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write what lineage keeps", e);
    }
  }

  static List<Origin> sources(@Nullable String json) {
    try {
      return json == null ? List.of() : JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read sources", e);
    }
  }

  static List<Column> columns(@Nullable String json) {
    try {
      return json == null ? List.of() : JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read columns", e);
    }
  }

  static @Nullable JsonNode read(@Nullable String json) {
    try {
      return json == null ? null : JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read what lineage keeps", e);
    }
  }
}
