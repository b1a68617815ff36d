package dev.sluice.vectorsink.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How rows become vectors.
 *
 * @param model {@code all-MiniLM-L6-v2}
 * @param textColumn column whose text is embedded
 * @param distance {@code cosine}
 */
public record Recipe(String model, String textColumn, String distance) {
  public static final String MINI_LM = "all-MiniLM-L6-v2";
  public static final String COSINE = "cosine";
  private static final int LONGEST_COLUMN = 255;

  public Recipe {
    require(MINI_LM.equals(model), "model", model, MINI_LM);
    require(COSINE.equals(distance), "distance", distance, COSINE);
    require(
        textColumn != null && !textColumn.isBlank() && textColumn.length() <= LONGEST_COLUMN,
        "textColumn",
        textColumn,
        "the name of a column, 1 to " + LONGEST_COLUMN + " characters");
  }

  /** {@code sha256:} and 64 hex digits; equal recipes make equal points. */
  public String digest() {
    String canonical =
        String.join("\n", "sluice-recipe/1", model, textColumn, distance, "chunking=rows", "");
    return "sha256:" + HexFormat.of().formatHex(sha256(canonical.getBytes(UTF_8)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void require(boolean holds, String field, String value, String allowed) {
    if (!holds) {
      throw InvalidRequest.of(field, value, allowed).exception();
    }
  }
}
