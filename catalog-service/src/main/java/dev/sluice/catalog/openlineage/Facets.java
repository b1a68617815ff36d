package dev.sluice.catalog.openlineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.lineage.Column;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The facets that Sluice knows something for, each with who says it and its schema. */
record Facets(String producer) {
  private static final String SPEC = "https://openlineage.io/spec/facets/";

  ObjectNode version(String version) {
    return facet("1-0-1/DatasetVersionDatasetFacet.json").put("datasetVersion", version);
  }

  ObjectNode dataSource(String name, String uri) {
    return facet("1-0-1/DatasourceDatasetFacet.json").put("name", name).put("uri", uri);
  }

  ObjectNode schema(List<Column> columns) {
    ArrayNode fields = JsonNodeFactory.instance.arrayNode();
    columns.forEach(
        column ->
            fields.add(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("name", column.name())
                    .put("type", column.type())));
    return facet("1-1-1/SchemaDatasetFacet.json").set("fields", fields);
  }

  ObjectNode documentation(String text) {
    return facet("1-1-0/DocumentationDatasetFacet.json").put("description", text);
  }

  ObjectNode jobType(String type) {
    return facet("2-0-4/JobTypeJobFacet.json")
        .put("processingType", "BATCH")
        .put("integration", "SLUICE")
        .put("jobType", type);
  }

  ObjectNode sourceCode(String command) {
    return facet("1-0-1/SourceCodeJobFacet.json")
        .put("language", "shell")
        .put("sourceCode", command);
  }

  ObjectNode engine(String name, String version) {
    return facet("1-1-1/ProcessingEngineRunFacet.json").put("version", version).put("name", name);
  }

  ObjectNode error(String message) {
    return facet("1-0-1/ErrorMessageRunFacet.json")
        .put("message", message)
        .put("programmingLanguage", "unknown");
  }

  /** Parameters by name; those without a value are left out. */
  ObjectNode parameters(Map<String, @Nullable JsonNode> values) {
    ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
    new TreeMap<>(values)
        .forEach(
            (key, value) -> {
              if (value != null && !value.isNull()) {
                String text = value.isValueNode() ? value.asText() : value.toString();
                parameters.add(
                    JsonNodeFactory.instance.objectNode().put("key", key).put("value", text));
              }
            });
    return facet("1-0-0/ExecutionParametersRunFacet.json").set("parameters", parameters);
  }

  ObjectNode inputStatistics(long files, long bytes) {
    return facet("1-0-0/InputStatisticsInputDatasetFacet.json")
        .put("fileCount", files)
        .put("size", bytes);
  }

  ObjectNode outputStatistics(long files, long bytes, @Nullable Long rows) {
    ObjectNode facet =
        facet("1-0-2/OutputStatisticsOutputDatasetFacet.json")
            .put("fileCount", files)
            .put("size", bytes);
    return rows == null ? facet : facet.put("rowCount", rows);
  }

  private ObjectNode facet(String schema) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("_producer", producer)
        .put("_schemaURL", SPEC + schema);
  }
}
