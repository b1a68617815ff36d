package dev.sluice.catalog.file;

import dev.sluice.manifest.Digest;

/**
 * What a set of files comes to.
 *
 * @param root of its tree
 */
public record Content(Digest root, long files, long bytes) {
  /** The digest that the version has with it. */
  public VersionDigest digest() {
    return VersionDigest.of(root);
  }
}
