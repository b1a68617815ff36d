package dev.sluice.upload.source;

import java.util.Optional;

/**
 * A file of a source, as it was when it was listed.
 *
 * @param path relative, by the rules of {@link dev.sluice.upload.file.FilePath}
 * @param size bytes; -1 when the source does not say before the end
 * @param tag changes when the content changes (an ETag, or {@code mtime:size}); empty when the
 *     source has nothing of the kind, so that nobody can tell whether the file changed
 * @param ranges whether parts can be read, several at once
 * @param sameStore where the object lies in Sluice's own store, when it does
 * @param key how the source spells it, when that is not what the path says
 */
public record SourceFile(
    String path,
    long size,
    String tag,
    boolean ranges,
    Optional<StoreObject> sameStore,
    Optional<String> key) {

  /** A file that the source finds by its path. */
  public SourceFile(
      String path, long size, String tag, boolean ranges, Optional<StoreObject> sameStore) {
    this(path, size, tag, ranges, sameStore, Optional.empty());
  }
}
