package dev.sluice.catalog.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sluice.events.Fields;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A file of a version and the object that has its bytes; also a line of a manifest.
 *
 * @param path in the version, in the form of {@link FilePath}
 * @param size bytes
 * @param sha256 64 lower-case hex digits over the bytes
 * @param objectKey in the project's bucket
 * @param rows of a table, where known
 */
@Schema(name = "File")
@JsonPropertyOrder({"path", "size", "sha256", "mediaType", "objectKey", "rows"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionFile(
    String path,
    long size,
    String sha256,
    String mediaType,
    String objectKey,
    @Nullable Long rows) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public VersionFile {
    Fields.required("path", path);
    Fields.required("sha256", sha256);
    Fields.required("mediaType", mediaType);
    Fields.required("objectKey", objectKey);
    Fields.notNegative("size", size);
    path = FilePath.of(path).value();
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256 is not 64 lower-case hex digits: " + sha256);
    }
    if (mediaType.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("mediaType has control characters");
    }
  }

  /** Whether both have the same bytes and type under the same path, wherever these are stored. */
  public boolean sameContent(VersionFile other) {
    return path.equals(other.path)
        && size == other.size
        && sha256.equals(other.sha256)
        && mediaType.equals(other.mediaType);
  }
}
