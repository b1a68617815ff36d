package dev.sluice.catalog.file;

import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds paths of a draft that would be a file and a folder at once. */
@ApplicationScoped
class ConflictService {
  private final DraftRepository changes;
  private final TreeService trees;

  ConflictService(DraftRepository changes, TreeService trees) {
    this.changes = changes;
    this.trees = trees;
  }

  /** A path that one of these conflicts with, among themselves or in the draft. */
  Uni<Optional<String>> find(
      Mutiny.Session session, ProjectScope scope, FileSet draft, Collection<FilePath> paths) {
    Set<String> named = paths.stream().map(FilePath::value).collect(Collectors.toSet());
    Set<String> folders =
        paths.stream().flatMap(p -> p.ancestors().stream()).collect(Collectors.toSet());
    Optional<String> own = named.stream().filter(folders::contains).findFirst();
    return own.isPresent()
        ? Uni.createFrom().item(own)
        : changes
            .conflict(session, scope, draft.versionId(), named, folders)
            .map(Optional::ofNullable)
            .flatMap(
                found ->
                    found.isPresent() || draft.bare()
                        ? Uni.createFrom().item(found)
                        : inTree(session, scope, draft, new Wanted(named, folders)));
  }

  private Uni<Optional<String>> inTree(
      Mutiny.Session session, ProjectScope scope, FileSet draft, Wanted wanted) {
    return trees
        .with(scope, tree -> wanted.first(tree, draft, Set.of()))
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(found)
                    : removed(session, scope, draft, wanted)
                        .flatMap(
                            gone -> trees.with(scope, tree -> wanted.first(tree, draft, gone))));
  }

  private Uni<Set<String>> removed(
      Mutiny.Session session, ProjectScope scope, FileSet draft, Wanted wanted) {
    Set<String> all = new TreeSet<>(wanted.paths());
    all.addAll(wanted.folders());
    return changes.removed(session, scope, draft.versionId(), all).map(Set::copyOf);
  }

  /** Paths that come and the folders above them. */
  private record Wanted(Set<String> paths, Set<String> folders) {

    /** A file of the tree that is one of the folders or below one of the paths, and not gone. */
    Optional<String> first(ManifestTree tree, FileSet draft, Set<String> gone) {
      Optional<String> above =
          tree.find(draft.root(), sorted(folders, "")).keySet().stream()
              .map(PathKey::toString)
              .filter(path -> !gone.contains(path))
              .findFirst();
      return above.isPresent() ? above : below(tree, draft, gone);
    }

    private Optional<String> below(ManifestTree tree, FileSet draft, Set<String> gone) {
      List<PathKey> keys = sorted(paths, "/");
      for (Map.Entry<PathKey, Entry> found : tree.ceilings(draft.root(), keys).entrySet()) {
        if (found.getValue().path().startsWith(found.getKey())) {
          Optional<String> below = staying(tree, draft, found.getKey(), gone);
          if (below.isPresent()) {
            return below;
          }
        }
      }
      return Optional.empty();
    }

    private static Optional<String> staying(
        ManifestTree tree, FileSet draft, PathKey folder, Set<String> gone) {
      Iterator<Entry> entries = tree.entries(draft.root(), folder, gone.size() + 1L);
      while (entries.hasNext()) {
        PathKey path = entries.next().path();
        if (!path.startsWith(folder)) {
          return Optional.empty();
        }
        if (!gone.contains(path.toString())) {
          return Optional.of(path.toString());
        }
      }
      return Optional.empty();
    }

    private static List<PathKey> sorted(Set<String> some, String suffix) {
      return some.stream().map(path -> PathKey.of(path + suffix)).sorted().toList();
    }
  }
}
