package dev.sluice.catalog.file;

import dev.sluice.catalog.file.FileProblem.FileNotFound;
import dev.sluice.catalog.file.FileProblem.ObjectRemoved;
import dev.sluice.catalog.file.FileProblem.PathConflict;
import dev.sluice.manifest.Change;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.PathKey;
import dev.sluice.manifest.Summary;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The set of files of a version, within the caller's transaction. Whether the version may still
 * change is for the caller to know, who holds its row.
 */
@ApplicationScoped
public class FileSetService {
  private static final int BLOCK = 1_000;
  private static final int FOLD = 5_000;

  private final DraftRepository changes;
  private final ConflictService conflicts;
  private final TreeService trees;

  FileSetService(DraftRepository changes, ConflictService conflicts, TreeService trees) {
    this.changes = changes;
    this.conflicts = conflicts;
    this.trees = trees;
  }

  /**
   * Puts a file into a draft; the newest of a path wins.
   *
   * @return what that adds to the version's figures
   * @throws dev.sluice.support.problem.ProblemException 409 when the path would be file and folder
   */
  public Uni<Added> put(
      Mutiny.Session session, ProjectScope scope, FileSet draft, VersionFile file) {
    FilePath path = new FilePath(file.path());
    return conflict(session, scope, draft, List.of(path))
        .invoke(other -> refuse(path, other))
        .chain(() -> putMany(session, scope, draft, List.of(file)));
  }

  /**
   * Puts files of different paths that do not conflict; the newest of a path wins.
   *
   * @throws dev.sluice.support.problem.ProblemException 409 before anything is written, when the
   *     object of one is removed
   */
  public Uni<Added> putMany(
      Mutiny.Session session, ProjectScope scope, FileSet draft, List<VersionFile> many) {
    List<String> paths = many.stream().map(VersionFile::path).toList();
    return own(session, scope, many)
        .chain(() -> find(session, scope, draft, paths))
        .call(() -> changes.put(session, scope, draft.versionId(), many))
        .map(old -> Added.replacing(old.values(), many));
  }

  /** The first that any of the paths conflicts with: it would be a file and a folder at once. */
  public Uni<Optional<String>> conflict(
      Mutiny.Session session, ProjectScope scope, FileSet draft, Collection<FilePath> paths) {
    return conflicts.find(session, scope, draft, paths);
  }

  /** Takes a file out of a draft; 404 when it is not there. */
  public Uni<Added> remove(
      Mutiny.Session session, ProjectScope scope, FileSet draft, FilePath path) {
    return get(session, scope, draft, path)
        .call(() -> changes.remove(session, scope, draft.versionId(), List.of(path.value())))
        .map(old -> new Added(-1, -old.size()));
  }

  /** The tree that has all files, in the order of their paths, beside those of another tree. */
  public Uni<Content> grown(
      Mutiny.Session session, ProjectScope scope, Digest root, List<VersionFile> sorted) {
    return own(session, scope, sorted)
        .chain(
            () ->
                trees.with(
                    scope,
                    tree -> {
                      Digest grown = root;
                      for (List<VersionFile> block : blocks(sorted, FOLD)) {
                        grown = tree.apply(grown, block.stream().map(FileSetService::put).toList());
                      }
                      return content(grown, tree.summary(grown));
                    }));
  }

  private static Change put(VersionFile file) {
    return Change.put(file.toEntry());
  }

  /**
   * Makes the project the owner of the objects that the files point at, and saves them from the
   * garbage collection.
   *
   * @throws dev.sluice.support.problem.ProblemException 409 when the object of one is removed
   */
  public Uni<Void> own(Mutiny.Session session, ProjectScope scope, List<VersionFile> files) {
    return Multi.createFrom()
        .iterable(blocks(files, BLOCK))
        .onItem()
        .transformToUniAndConcatenate(
            block -> changes.own(session, scope, block).invoke(FileSetService::refuseRemoved))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static List<List<VersionFile>> blocks(List<VersionFile> all, int size) {
    List<List<VersionFile>> blocks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      blocks.add(all.subList(from, Math.min(from + size, all.size())));
    }
    return blocks;
  }

  /** The file of that path; 404 when there is none. */
  public Uni<VersionFile> get(
      Mutiny.Session session, ProjectScope scope, FileSet set, FilePath path) {
    return find(session, scope, set, List.of(path.value()))
        .map(found -> found.get(path.value()))
        .onItem()
        .ifNull()
        .failWith(() -> new FileNotFound(path.value()).exception());
  }

  /** Whether the version has the same content under that path. */
  public Uni<Boolean> has(
      Mutiny.Session session, ProjectScope scope, FileSet set, VersionFile file) {
    return find(session, scope, set, List.of(file.path()))
        .map(found -> Optional.ofNullable(found.get(file.path())))
        .map(there -> there.filter(file::sameContent).isPresent());
  }

  /** Those of the paths that are files, by path. */
  public Uni<Map<String, VersionFile>> find(
      Mutiny.Session session, ProjectScope scope, FileSet set, Collection<String> paths) {
    Uni<List<Change>> changed =
        set.draft()
            ? changes.find(session, scope, set.versionId(), paths)
            : Uni.createFrom().item(List.of());
    return changed.flatMap(
        rows ->
            inTree(scope, set, without(paths, rows))
                .map(
                    found -> {
                      rows.stream().map(Change::entry).forEach(entry -> add(found, entry));
                      return found;
                    }));
  }

  /** Those of the paths, and of what lies below them, that a draft takes out of its tree. */
  public Uni<Set<String>> removed(
      Mutiny.Session session, ProjectScope scope, FileSet draft, Collection<String> paths) {
    return changes.removed(session, scope, draft.versionId(), paths).map(Set::copyOf);
  }

  private static void add(Map<String, VersionFile> found, @Nullable Entry entry) {
    if (entry != null) {
      found.put(entry.path().toString(), VersionFile.of(entry));
    }
  }

  private static List<PathKey> without(Collection<String> paths, List<Change> rows) {
    var changed = rows.stream().map(Change::path).collect(Collectors.toSet());
    return paths.stream()
        .map(PathKey::of)
        .filter(path -> !changed.contains(path))
        .distinct()
        .sorted()
        .toList();
  }

  private Uni<Map<String, VersionFile>> inTree(
      ProjectScope scope, FileSet set, List<PathKey> sorted) {
    if (set.bare() || sorted.isEmpty()) {
      return Uni.createFrom().item(HashMap::new);
    }
    return trees.with(
        scope,
        tree -> {
          Map<String, VersionFile> found = new HashMap<>();
          tree.find(set.root(), sorted).values().forEach(entry -> add(found, entry));
          return found;
        });
  }

  /** Files below {@code prefix} in the order of their paths: one row more than the page's limit. */
  public Uni<List<VersionFile>> page(
      Mutiny.Session session, ProjectScope scope, FileSet set, String prefix, PageRequest page) {
    FilePage walk = new FilePage(prefix, page);
    return set.draft()
        ? Multi.createBy()
            .repeating()
            .uni(
                () ->
                    changes
                        .page(session, scope, set.versionId(), prefix, walk.after(), walk.wanted())
                        .flatMap(rows -> more(scope, set, walk, rows)))
            .whilst(done -> !done)
            .collect()
            .last()
            .map(done -> walk.files())
        : trees.with(scope, tree -> walk.fill(tree, set.root()));
  }

  private Uni<Boolean> more(ProjectScope scope, FileSet set, FilePage walk, List<Change> rows) {
    return set.bare()
        ? Uni.createFrom().item(() -> walk.take(rows))
        : trees.with(scope, tree -> walk.take(tree, set.root(), rows));
  }

  /** Brings the changes of a draft into its tree; they stay where they are. */
  public Uni<Content> fold(Mutiny.Session session, ProjectScope scope, FileSet draft) {
    Fold fold = new Fold(draft.root());
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                changes
                    .page(session, scope, draft.versionId(), "", fold.after(), FOLD)
                    .flatMap(rows -> trees.with(scope, tree -> fold.take(tree, rows))))
        .whilst(rows -> rows == FOLD)
        .collect()
        .last()
        .chain(() -> trees.with(scope, tree -> tree.summary(fold.root())))
        .map(summary -> content(fold.root(), summary));
  }

  /** Forgets the changes of a draft whose tree has them. */
  public Uni<Void> forget(Mutiny.Session session, ProjectScope scope, FileSet draft) {
    return changes.clear(session, scope, draft.versionId());
  }

  private static Content content(Digest root, Summary summary) {
    return new Content(root, summary.files(), summary.bytes());
  }

  private static void refuseRemoved(List<String> keys) {
    if (!keys.isEmpty()) {
      throw new ObjectRemoved(keys.getFirst()).exception();
    }
  }

  private static void refuse(FilePath path, Optional<String> other) {
    if (other.isPresent()) {
      throw new PathConflict(path.value(), other.get()).exception();
    }
  }

  /** What a write adds to the figures of a version. */
  public record Added(long files, long bytes) {
    static Added replacing(Collection<VersionFile> old, List<VersionFile> many) {
      long before = old.stream().mapToLong(VersionFile::size).sum();
      long after = many.stream().mapToLong(VersionFile::size).sum();
      return new Added(many.size() - old.size(), after - before);
    }
  }
}
