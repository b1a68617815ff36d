package dev.sluice.catalog.version;

import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.version.FileListing.Folder;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.support.http.Cursor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists files of a tree; whatever the tree's size, a page looks at a bounded part of it. */
final class ListingWalk {
  /** Files that a page looks at to find some that match. */
  private static final int LOOKED_AT = 20_000;

  private final ManifestTree tree;
  private final Digest root;
  private final ListingRequest wanted;

  ListingWalk(ManifestTree tree, Digest root, ListingRequest wanted) {
    this.tree = tree;
    this.root = root;
    this.wanted = wanted;
  }

  Found list() {
    Long number = wanted.number();
    String folder = wanted.folder();
    if (number != null) {
      return numbered(number);
    }
    return folder == null ? matching() : inFolder(folder);
  }

  private Found numbered(long number) {
    long total = tree.summary(root).files();
    long from = 0;
    long until = total;
    if (!wanted.prefix().isEmpty()) {
      PathKey prefix = PathKey.of(wanted.prefix());
      from = tree.rank(root, prefix);
      until = tree.rank(root, prefix.afterPrefix());
    }
    int limit = wanted.page().limit();
    long start = from + Math.min(number - 1, Integer.MAX_VALUE) * limit;
    int rows = Math.clamp(until - start, 0, limit);
    List<VersionFile> items =
        rows == 0 ? List.of() : tree.page(root, start, rows).stream().map(VersionFile::of).toList();
    boolean more = start + rows < until && rows > 0;
    String next = more ? Cursor.encode(items.getLast().path()) : null;
    return new Found(items, null, until - from, next);
  }

  private Found matching() {
    Glob glob = wanted.glob();
    String literal = glob == null ? "" : glob.literal();
    String prefix = literal.startsWith(wanted.prefix()) ? literal : wanted.prefix();
    PathKey below = PathKey.of(prefix);
    PathKey behind = PathKey.of(wanted.page().after()).next();
    PathKey from = wanted.page().after().isEmpty() || behind.compareTo(below) < 0 ? below : behind;
    Iterator<Entry> entries = tree.entries(root, from, wanted.page().limit());
    List<VersionFile> items = new ArrayList<>();
    String last = "";
    for (int seen = 0; entries.hasNext(); seen++) {
      Entry entry = entries.next();
      if (!entry.path().startsWith(below)) {
        break;
      }
      if (items.size() == wanted.page().limit() || seen == LOOKED_AT) {
        return listing(items, null, Cursor.encode(last));
      }
      last = entry.path().toString();
      if (wanted.typeMatches(entry.mediaType()) && (glob == null || glob.matches(last))) {
        items.add(VersionFile.of(entry));
      }
    }
    return listing(items, null, null);
  }

  private Found inFolder(String folder) {
    PathKey below = PathKey.of(folder);
    String after = wanted.page().after();
    PathKey from =
        after.isEmpty()
            ? below
            : after.endsWith("/") ? PathKey.of(after).afterPrefix() : PathKey.of(after).next();
    List<VersionFile> items = new ArrayList<>();
    List<Folder> folders = new ArrayList<>();
    String last = "";
    Iterator<Entry> entries = tree.entries(root, from, wanted.page().limit());
    while (entries.hasNext()) {
      Entry entry = entries.next();
      if (!entry.path().startsWith(below)) {
        break;
      }
      if (items.size() + folders.size() == wanted.page().limit()) {
        return listing(items, folders, Cursor.encode(last));
      }
      String path = entry.path().toString();
      int slash = path.indexOf('/', folder.length());
      if (slash < 0) {
        items.add(VersionFile.of(entry));
        last = path;
      } else {
        last = path.substring(0, slash + 1);
        PathKey inner = PathKey.of(last);
        PathKey behind = inner.afterPrefix();
        folders.add(new Folder(last, tree.rank(root, behind) - tree.rank(root, inner)));
        entries = tree.entries(root, behind, wanted.page().limit());
      }
    }
    return listing(items, folders, null);
  }

  private Found listing(
      List<VersionFile> items, @Nullable List<Folder> folders, @Nullable String next) {
    return new Found(
        List.copyOf(items),
        folders == null ? null : List.copyOf(folders),
        tree.summary(root).files(),
        next);
  }

  /** A page, before anybody looked whether bytes of it were erased. */
  record Found(
      List<VersionFile> files,
      @Nullable List<Folder> folders,
      long total,
      @Nullable String nextCursor) {}
}
