package dev.sluice.catalog.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A file of a version as a list shows it.
 *
 * @param erased true when its bytes were erased for good, absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ListedFile(
    String path,
    long size,
    String sha256,
    String mediaType,
    String objectKey,
    @Nullable String crc32c,
    @Nullable Long rows,
    @Nullable Boolean erased) {
  static ListedFile of(VersionFile file, boolean erased) {
    return new ListedFile(
        file.path(),
        file.size(),
        file.sha256(),
        file.mediaType(),
        file.objectKey(),
        file.crc32c(),
        file.rows(),
        erased ? true : null);
  }
}
