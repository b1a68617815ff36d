package dev.sluice.catalog.version;

import dev.sluice.catalog.file.Content;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.events.VersionRef;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Versions as trees to read, within the caller's transaction. */
@ApplicationScoped
public class VersionTreeService {
  private final VersionLookupService lookup;
  private final VersionRepository versions;
  private final FileSetService files;

  VersionTreeService(
      VersionLookupService lookup, VersionRepository versions, FileSetService files) {
    this.lookup = lookup;
    this.versions = versions;
    this.files = files;
  }

  /** The tree of a version; of a draft, one made of all that it has now. */
  public Uni<Digest> root(Mutiny.Session session, ProjectScope scope, VersionRef ref) {
    return lookup
        .get(session, scope, ref.dataset(), ref.version())
        .flatMap(found -> root(session, scope, found.version()));
  }

  /** As {@link #root(Mutiny.Session, ProjectScope, VersionRef)}, of a version that was found. */
  public Uni<Digest> root(Mutiny.Session session, ProjectScope scope, Version version) {
    return version.state() instanceof Draft
        ? files.fold(session, scope, version.fileSet()).map(Content::root)
        : Uni.createFrom().item(version.fileSet().root());
  }

  /** The newest version that both began with, or one of them itself; empty when there is none. */
  public Uni<Optional<Version>> ancestor(
      Mutiny.Session session, ProjectScope scope, Version one, Version other) {
    return versions
        .line(session, scope, one)
        .flatMap(
            line ->
                versions
                    .line(session, scope, other)
                    .map(numbers -> newest(line, numbers))
                    .flatMap(
                        number ->
                            number.isEmpty()
                                ? Uni.createFrom().item(Optional.<Version>empty())
                                : versions
                                    .find(
                                        session,
                                        scope,
                                        one.datasetId(),
                                        new VersionNumber(number.get()))
                                    .map(v -> Optional.of(Objects.requireNonNull(v)))));
  }

  /** A version and those that it began with, the oldest first. */
  public Uni<List<Ancestor>> line(Mutiny.Session session, ProjectScope scope, VersionRef ref) {
    return lookup
        .get(session, scope, ref.dataset(), ref.version())
        .flatMap(
            found ->
                versions
                    .roots(session, scope, found.version())
                    .flatMap(
                        line ->
                            root(session, scope, found.version())
                                .map(root -> Ancestor.ending(line, found.version(), root))));
  }

  /** A version on the way to another, and its tree. */
  public record Ancestor(String number, Digest root) {
    static List<Ancestor> ending(List<Ancestor> line, Version last, Digest root) {
      List<Ancestor> all = new ArrayList<>(line);
      all.removeLast();
      all.add(new Ancestor(last.number().toString(), root));
      return List.copyOf(all);
    }
  }

  private static Optional<Integer> newest(List<Integer> line, List<Integer> other) {
    return line.stream().filter(Set.copyOf(other)::contains).findFirst();
  }

  /** The tree of nothing, which every line without a parent begins with. */
  public static Digest beginning() {
    return ManifestTree.EMPTY;
  }
}
