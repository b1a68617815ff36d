package dev.sluice.catalog.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sluice.events.Fields;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.PathKey;
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
 * @param crc32c 8 lower-case hex digits over the bytes, where known
 * @param rows of a table, where known
 */
@Schema(name = "File")
@JsonPropertyOrder({"path", "size", "sha256", "mediaType", "objectKey", "crc32c", "rows"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionFile(
    String path,
    long size,
    String sha256,
    String mediaType,
    String objectKey,
    @Nullable String crc32c,
    @Nullable Long rows) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern CRC32C = Pattern.compile("[0-9a-f]{8}");

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
    if (crc32c != null && !CRC32C.matcher(crc32c).matches()) {
      throw new IllegalArgumentException("crc32c is not 8 lower-case hex digits: " + crc32c);
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

  /** The file of an entry of a manifest. */
  public static VersionFile of(Entry entry) {
    return new VersionFile(
        entry.path().toString(),
        entry.size(),
        entry.sha256().hex(),
        entry.mediaType(),
        entry.objectKey(),
        entry.crc32c() == Entry.UNKNOWN ? null : "%08x".formatted(entry.crc32c()),
        entry.rows() == Entry.UNKNOWN ? null : entry.rows());
  }

  /** The entry of a manifest that says this. */
  public Entry toEntry() {
    return new Entry(
        PathKey.of(path),
        size,
        Digest.ofHex(sha256),
        mediaType,
        objectKey,
        crc32c == null ? Entry.UNKNOWN : Long.parseLong(crc32c, 16),
        rows == null ? Entry.UNKNOWN : rows);
  }
}
