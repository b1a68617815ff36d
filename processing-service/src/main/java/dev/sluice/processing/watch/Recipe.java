package dev.sluice.processing.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.DataSetManifest.RayJobConfig;
import dev.sluice.processing.reservation.InputFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What makes an output: equal digests of recipe and input mean that a run would compute the same
 * rows again.
 */
final class Recipe {
  private Recipe() {}

  /**
   * Digest of what is done with the input.
   *
   * @param workingDir digest of the files that travel with the entrypoint; null for none
   * @param ownProgram name of Sluice's own program, which changes with it
   */
  static String digest(DataSetManifest manifest, @Nullable String workingDir, String ownProgram) {
    ObjectNode recipe = JsonNodeFactory.instance.objectNode();
    recipe
        .put("sourceType", manifest.source().type().text())
        .put("keyColumn", manifest.source().keyColumn())
        .put("format", manifest.format().text())
        .put("tolerance", manifest.execution().tolerance())
        .put("program", ownProgram);
    if (manifest.entrypoint() == null) {
      ArrayNode operators = recipe.putArray("operators");
      manifest.operators().forEach(operator -> operators.add(operator.json()));
    } else {
      recipe.put("entrypoint", manifest.entrypoint());
      recipe.put("image", manifest.image() == null ? null : manifest.image().name());
      recipe.put("workingDir", workingDir);
    }
    options(manifest.rayJobConfig(), recipe.putObject("rayJobConfig"));
    return sha256(canonical(recipe).toString().getBytes(UTF_8));
  }

  private static void options(RayJobConfig config, ObjectNode target) {
    target
        .put("distributeOps", config.distributeOps().text())
        .put("parallelism", config.parallelism())
        .put("gpu", config.gpu())
        .put("batch_size", config.batchSize())
        .put("scheduling", config.scheduling().text());
  }

  /** Digest of files: their paths, contents and sizes, in whatever order they come. */
  static String digest(List<InputFile> files) {
    MessageDigest digest = sha256();
    files.stream()
        .sorted(Comparator.comparing(InputFile::path))
        .forEach(
            file ->
                digest.update(
                    (file.path() + "\0" + file.sha256() + "\0" + file.size() + "\n")
                        .getBytes(UTF_8)));
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  /** The same JSON with the fields of every object in the order of their names. */
  private static JsonNode canonical(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), canonical(field.getValue())));
      ObjectNode ordered = JsonNodeFactory.instance.objectNode();
      ordered.setAll(sorted);
      return ordered;
    }
    if (node.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> items.add(canonical(item)));
      return items;
    }
    return node;
  }

  private static String sha256(byte[] bytes) {
    return "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
