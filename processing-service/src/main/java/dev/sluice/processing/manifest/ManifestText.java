package dev.sluice.processing.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.processing.manifest.ManifestProblem.InvalidManifest;

/** Reads the bytes of a manifest, YAML or JSON: one document, no key twice. */
public final class ManifestText {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestText() {}

  /** The tree of a YAML document; every JSON document is one too. */
  public static JsonNode yaml(String text) {
    return parse(YAML, text, "YAML");
  }

  /** The tree of a JSON document. */
  public static JsonNode json(String text) {
    return parse(JSON, text, "JSON");
  }

  private static JsonNode parse(ObjectMapper mapper, String text, String form) {
    try {
      JsonNode tree = mapper.readTree(text);
      if (tree.isMissingNode() || tree.isNull()) {
        throw InvalidManifest.of("manifest", "", "a DataSet in " + form).exception();
      }
      return tree;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      String why = e.getOriginalMessage().lines().findFirst().orElse("");
      throw InvalidManifest.of("manifest", why, "one " + form + " document; unreadable" + where)
          .exception();
    }
  }
}
