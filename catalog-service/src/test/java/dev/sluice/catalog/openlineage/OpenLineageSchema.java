package dev.sluice.catalog.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.Map;

/** The official schemas of OpenLineage, of the event and of every facet in it. */
public final class OpenLineageSchema {
  /** A facet whose schema has no copy here; a golden example holds it. */
  private static final String NOT_KEPT = "/SchemaDatasetFacet.json";

  private static final String SPEC = "https://openlineage.io/spec/";
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder.schemaMappers(
                  mappers -> mappers.mapPrefix(SPEC, "classpath:openlineage/spec/")));
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private OpenLineageSchema() {}

  /** Fails unless the event and its facets are as their schemas say. */
  public static void check(JsonNode event) {
    assertThat(schema(SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent").validate(event)).isEmpty();
    for (String place : new String[] {"run", "job"}) {
      facets(event.path(place).path("facets"));
    }
    for (String place : new String[] {"inputs", "outputs"}) {
      for (JsonNode dataset : event.path(place)) {
        facets(dataset.path("facets"));
        facets(dataset.path("inputFacets"));
        facets(dataset.path("outputFacets"));
      }
    }
  }

  private static void facets(JsonNode facets) {
    for (Map.Entry<String, JsonNode> facet : facets.properties()) {
      JsonNode named = JsonNodeFactory.instance.objectNode().set(facet.getKey(), facet.getValue());
      String url = facet.getValue().path("_schemaURL").asText();
      if (url.endsWith(NOT_KEPT)) {
        continue;
      }
      assertThat(schema(url).validate(named)).as(facet.getKey()).isEmpty();
    }
  }

  private static JsonSchema schema(String url) {
    return SCHEMAS.getSchema(SchemaLocation.of(url), CONFIG);
  }
}
