package dev.sluice.catalog.file;

import dev.sluice.manifest.Change;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.support.http.PageRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of files while it fills: those of a tree, with the changes of a draft laid over them. */
final class FilePage {
  private final PathKey prefix;
  private final int wanted;
  private final List<VersionFile> files = new ArrayList<>();
  private String after;

  FilePage(String prefix, PageRequest page) {
    this.prefix = PathKey.of(prefix);
    this.wanted = page.fetch();
    this.after = page.after();
  }

  String after() {
    return after;
  }

  int wanted() {
    return wanted;
  }

  List<VersionFile> files() {
    return files;
  }

  /** Fills the page from a tree alone. */
  List<VersionFile> fill(ManifestTree tree, Digest root) {
    Iterator<Entry> entries = tree.entries(root, from(), wanted);
    while (files.size() < wanted && entries.hasNext()) {
      Entry entry = entries.next();
      if (!entry.path().startsWith(prefix)) {
        break;
      }
      files.add(VersionFile.of(entry));
    }
    return files;
  }

  /** Takes the next changes of a draft without a tree; whether the page is done. */
  boolean take(List<Change> changes) {
    return merge(Collections.emptyIterator(), changes);
  }

  /** Takes the next changes and what the tree has between them; whether the page is done. */
  boolean take(ManifestTree tree, Digest root, List<Change> changes) {
    return merge(tree.entries(root, from(), wanted), changes);
  }

  private boolean merge(Iterator<Entry> entries, List<Change> changes) {
    @Nullable Entry entry = next(entries);
    for (Change change : changes) {
      while (entry != null && entry.path().compareTo(change.path()) < 0) {
        if (add(entry)) {
          return true;
        }
        entry = next(entries);
      }
      if (entry != null && entry.path().equals(change.path())) {
        entry = next(entries);
      }
      after = change.path().toString();
      Entry put = change.entry();
      if (put != null && add(put)) {
        return true;
      }
    }
    if (changes.size() == wanted) {
      return false;
    }
    while (entry != null) {
      if (add(entry)) {
        return true;
      }
      entry = next(entries);
    }
    return true;
  }

  private boolean add(Entry entry) {
    files.add(VersionFile.of(entry));
    return files.size() == wanted;
  }

  private @Nullable Entry next(Iterator<Entry> entries) {
    Entry entry = entries.hasNext() ? entries.next() : null;
    return entry != null && entry.path().startsWith(prefix) ? entry : null;
  }

  private PathKey from() {
    PathKey behind = PathKey.of(after).next();
    return after.isEmpty() || behind.compareTo(prefix) < 0 ? prefix : behind;
  }
}
