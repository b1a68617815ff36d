package dev.sluice.catalog.version;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.catalog.file.ListedFile;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a version's files, by path.
 *
 * @param folders those that lie directly in the folder asked for; absent when none was
 * @param total files of the version, below the prefix when pages are numbered
 * @param nextCursor give it back as {@code cursor} for the next page; null on the last one
 */
@Schema(name = "FileListing")
@JsonInclude(JsonInclude.Include.ALWAYS)
record FileListing(
    List<ListedFile> items,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Folder> folders,
    long total,
    @Nullable String nextCursor) {

  /**
   * A folder.
   *
   * @param path with a slash at its end
   * @param files below it, however deep
   */
  @Schema(name = "Folder")
  record Folder(String path, long files) {}
}
