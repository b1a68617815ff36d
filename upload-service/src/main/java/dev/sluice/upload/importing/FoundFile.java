package dev.sluice.upload.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A file that an import found, as it goes into table {@code import_file}.
 *
 * @param path in the dataset
 * @param kind {@code file}, {@code archive} or {@code entry}
 * @param sourceNo which of the order's sources
 * @param sourcePath in the source; of an entry, the archive's
 * @param sourceKey how the source spells it, when that is not what {@code sourcePath} says
 * @param size bytes; -1 while unknown
 * @param tag changes when the content does; empty when the source has none
 * @param sameStore bucket, key and ETag, one a line, of an object of Sluice's own store
 * @param state {@code unchanged}, {@code pending}, {@code ignored} or {@code failed}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FoundFile(
    String path,
    String kind,
    int sourceNo,
    String sourcePath,
    @Nullable String sourceKey,
    long size,
    String tag,
    boolean ranges,
    @Nullable String sameStore,
    String state,
    @Nullable String reason,
    @Nullable String sha256) {

  /** The same file with another fate. */
  FoundFile in(String next, @Nullable String why, @Nullable String digest) {
    return new FoundFile(
        path,
        kind,
        sourceNo,
        sourcePath,
        sourceKey,
        size,
        tag,
        ranges,
        sameStore,
        next,
        why,
        digest);
  }
}
