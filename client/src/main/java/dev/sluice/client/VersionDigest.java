package dev.sluice.client;

import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;

/** The digest of a version, reckoned here from its manifest; {@code docs/manifest.md} says how. */
public final class VersionDigest {

  private VersionDigest() {}

  /**
   * @param manifest files in the order of a manifest; taken one by one, closed by the caller
   * @return {@code sha256:<hex>}, as {@link Version#digest()}
   */
  public static String of(Stream<FileEntry> manifest) {
    Iterator<Entry> entries = manifest.map(VersionDigest::entry).iterator();
    return "sha256:" + ManifestTree.rootOf(entries).hex();
  }

  private static Entry entry(FileEntry file) {
    return new Entry(
        PathKey.of(file.path()),
        file.size(),
        Digest.ofHex(file.sha256()),
        Objects.requireNonNull(file.mediaType(), "mediaType"),
        "",
        Entry.UNKNOWN,
        Entry.UNKNOWN);
  }
}
