package dev.sluice.catalog.file;

import dev.sluice.manifest.Digest;
import dev.sluice.manifest.ManifestTree;
import java.util.UUID;

/**
 * The files of a version: a tree, and of a draft what was changed since.
 *
 * @param root of the tree
 * @param draft whether changes lie on the tree
 */
public record FileSet(UUID versionId, Digest root, boolean draft) {
  boolean bare() {
    return root.equals(ManifestTree.EMPTY);
  }
}
