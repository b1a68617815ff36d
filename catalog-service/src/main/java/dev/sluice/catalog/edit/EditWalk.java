package dev.sluice.catalog.edit;

import dev.sluice.catalog.edit.Edit.Move;
import dev.sluice.catalog.edit.Edit.MoveFolder;
import dev.sluice.catalog.edit.Edit.Put;
import dev.sluice.catalog.edit.Edit.Remove;
import dev.sluice.catalog.edit.Edit.RemoveFolder;
import dev.sluice.catalog.edit.EditProblem.EditRefused;
import dev.sluice.catalog.file.FilePath;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.manifest.Change;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.support.problem.ProblemException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tree while edits come into it, block by block; each edit sees what those before it did. Not for
 * several threads at once.
 */
final class EditWalk {
  private static final int APPLIED = 5_000;

  private Digest root;
  private long put;
  private long removed;
  private long moved;

  EditWalk(Digest root) {
    this.root = root;
  }

  Digest root() {
    return root;
  }

  long put() {
    return put;
  }

  long removed() {
    return removed;
  }

  long moved() {
    return moved;
  }

  /**
   * Takes a block.
   *
   * @param sources the file that each put means, by its line
   */
  void take(ManifestTree tree, List<Edit> block, Map<Long, VersionFile> sources) {
    if (block.size() == 1) {
      switch (block.getFirst()) {
        case RemoveFolder edit -> remove(tree, edit);
        case MoveFolder edit -> move(tree, edit);
        case Edit edit -> takePaths(tree, List.of(edit), sources);
      }
    } else {
      takePaths(tree, block, sources);
    }
  }

  private void takePaths(ManifestTree tree, List<Edit> block, Map<Long, VersionFile> sources) {
    List<PathKey> paths =
        block.stream().flatMap(edit -> edit.looksAt().stream()).distinct().sorted().toList();
    TreeMap<PathKey, Optional<Entry>> files = new TreeMap<>();
    paths.forEach(path -> files.put(path, Optional.empty()));
    for (int from = 0; from < paths.size(); from += APPLIED) {
      tree.find(root, paths.subList(from, Math.min(paths.size(), from + APPLIED)))
          .forEach((path, entry) -> files.put(path, Optional.of(entry)));
    }
    for (Edit edit : block) {
      switch (edit) {
        case Put p -> {
          VersionFile source = sources.get(p.line());
          if (source == null) {
            throw new IllegalStateException("no source of line " + p.line());
          }
          files.put(p.path(), Optional.of(source.toEntry().at(p.path())));
          put++;
        }
        case Remove r -> {
          taken(files, r.line(), r.path());
          removed++;
        }
        case Move m -> {
          Entry entry = taken(files, m.line(), m.path());
          if (files.getOrDefault(m.to(), Optional.empty()).isPresent()) {
            throw occupied(m.line(), m.to());
          }
          files.put(m.to(), Optional.of(entry.at(m.to())));
          moved++;
        }
        case RemoveFolder f -> throw new IllegalArgumentException("a folder among paths");
        case MoveFolder f -> throw new IllegalArgumentException("a folder among paths");
      }
    }
    List<Change> changes = new ArrayList<>(files.size());
    files.forEach((path, entry) -> changes.add(new Change(path, entry.orElse(null))));
    apply(tree, changes);
  }

  private static Entry taken(Map<PathKey, Optional<Entry>> files, long line, PathKey path) {
    Optional<Entry> entry = files.getOrDefault(path, Optional.empty());
    files.put(path, Optional.empty());
    return entry.orElseThrow(
        () -> new EditRefused(line, "path", path.toString(), "a file of the draft").exception());
  }

  private void remove(ManifestTree tree, RemoveFolder edit) {
    removed += removeAll(tree, edit.line(), edit.folder());
  }

  private long removeAll(ManifestTree tree, long line, PathKey folder) {
    Iterator<Entry> entries = tree.entries(root, folder, Long.MAX_VALUE);
    List<Change> changes = new ArrayList<>();
    long gone = 0;
    for (Entry entry = below(entries, folder); entry != null; entry = below(entries, folder)) {
      changes.add(Change.remove(entry.path()));
      gone++;
      if (changes.size() == APPLIED) {
        apply(tree, changes);
        changes.clear();
      }
    }
    apply(tree, changes);
    if (gone == 0) {
      throw new EditRefused(line, "path", folder.toString(), "a folder of the draft").exception();
    }
    return gone;
  }

  private void move(ManifestTree tree, MoveFolder edit) {
    Digest before = root;
    moved += removeAll(tree, edit.line(), edit.folder());
    Entry there = tree.ceilings(root, List.of(edit.to())).get(edit.to());
    if (there != null && there.path().startsWith(edit.to())) {
      throw occupied(edit.line(), there.path());
    }
    Iterator<Entry> entries = tree.entries(before, edit.folder(), Long.MAX_VALUE);
    int shared = edit.folder().toString().length();
    List<Change> changes = new ArrayList<>();
    for (Entry entry = below(entries, edit.folder());
        entry != null;
        entry = below(entries, edit.folder())) {
      String path = edit.to() + entry.path().toString().substring(shared);
      changes.add(Change.put(entry.at(checked(edit, path))));
      if (changes.size() == APPLIED) {
        apply(tree, changes);
        changes.clear();
      }
    }
    apply(tree, changes);
  }

  private static PathKey checked(MoveFolder edit, String path) {
    try {
      return PathKey.of(FilePath.of(path).value());
    } catch (ProblemException e) {
      throw new EditRefused(edit.line(), "to", path, e.problem().errors().getFirst().allowed())
          .exception();
    }
  }

  private static @Nullable Entry below(Iterator<Entry> entries, PathKey folder) {
    Entry entry = entries.hasNext() ? entries.next() : null;
    return entry != null && entry.path().startsWith(folder) ? entry : null;
  }

  private static RuntimeException occupied(long line, PathKey path) {
    return new EditRefused(line, "to", path.toString(), "where the draft has no file").exception();
  }

  private void apply(ManifestTree tree, List<Change> changes) {
    for (int from = 0; from < changes.size(); from += APPLIED) {
      root = tree.apply(root, changes.subList(from, Math.min(changes.size(), from + APPLIED)));
    }
  }
}
