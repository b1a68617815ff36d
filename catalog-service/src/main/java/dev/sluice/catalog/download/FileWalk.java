package dev.sluice.catalog.download;

import dev.sluice.catalog.file.VersionFile;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks over the wanted files of a tree; a page looks at a bounded part of it. */
final class FileWalk {
  /** Files that a page looks at, beside those it gives, to find some that match. */
  private static final int LOOKED_AT = 20_000;

  private final ManifestTree tree;
  private final Digest root;
  private final Selection wanted;

  FileWalk(ManifestTree tree, Digest root, Selection wanted) {
    this.tree = tree;
    this.root = root;
    this.wanted = wanted;
  }

  /**
   * The wanted files behind a path, in the order of paths; empty text begins.
   *
   * @param limit files at most
   */
  Found page(String after, int limit) {
    PathKey below = PathKey.of(wanted.below());
    PathKey behind = PathKey.of(after).next();
    PathKey from = after.isEmpty() || behind.compareTo(below) < 0 ? below : behind;
    Iterator<Entry> entries = tree.entries(root, from, limit);
    List<VersionFile> files = new ArrayList<>();
    String last = after;
    for (int seen = 0; entries.hasNext(); seen++) {
      Entry entry = entries.next();
      if (!entry.path().startsWith(below)) {
        break;
      }
      if (files.size() == limit || seen == limit + LOOKED_AT) {
        return new Found(files, last);
      }
      last = entry.path().toString();
      if (wanted.has(last)) {
        files.add(VersionFile.of(entry));
      }
    }
    return new Found(files, null);
  }

  /**
   * A page.
   *
   * @param next path to go on behind; null on the last page
   */
  record Found(List<VersionFile> files, @Nullable String next) {
    Found {
      files = List.copyOf(files);
    }
  }
}
