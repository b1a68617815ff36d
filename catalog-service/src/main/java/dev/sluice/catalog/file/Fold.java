package dev.sluice.catalog.file;

import dev.sluice.manifest.Change;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.ManifestTree;
import java.util.List;

/** A tree while the changes of its draft come into it, block by block. */
final class Fold {
  private Digest root;
  private String after = "";

  Fold(Digest root) {
    this.root = root;
  }

  Digest root() {
    return root;
  }

  /** The path of the last change that the tree has. */
  String after() {
    return after;
  }

  /** Takes the next changes; how many they were. */
  int take(ManifestTree tree, List<Change> next) {
    if (!next.isEmpty()) {
      root = tree.apply(root, next);
      after = next.getLast().path().toString();
    }
    return next.size();
  }
}
