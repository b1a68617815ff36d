package dev.sluice.catalog.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.catalog.edit.EditProblem.EditRefused;
import org.jspecify.annotations.Nullable;

/**
 * A line of edits as it is written.
 *
 * @param op put, remove or move
 * @param path the file; with {@code prefix} a folder, with a slash at its end
 * @param objectKey of an object that the project holds; or its sha256 and size; or from
 * @param from a file of another version
 * @param to where a move goes
 */
record EditLine(
    @Nullable String op,
    @Nullable String path,
    @Nullable String sha256,
    @Nullable Long size,
    @Nullable String objectKey,
    @Nullable From from,
    @Nullable String to,
    @Nullable Boolean prefix) {
  private static final String OBJECT = "one JSON object";
  private static final ObjectReader LINE =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(EditLine.class);

  /** A file of another version, or of another dataset of the project. */
  record From(@Nullable String dataset, @Nullable String version, @Nullable String path) {}

  static EditLine of(long number, String text) {
    try {
      EditLine line = LINE.readValue(text);
      if (line == null) {
        throw new EditRefused(number, "line", text, OBJECT).exception();
      }
      return line;
    } catch (PropertyBindingException e) {
      throw new EditRefused(
              number,
              e.getPropertyName(),
              null,
              "op, path, sha256, size, objectKey," + " from, to or prefix")
          .exception();
    } catch (JsonProcessingException e) {
      throw new EditRefused(number, "line", text, OBJECT).exception();
    }
  }
}
