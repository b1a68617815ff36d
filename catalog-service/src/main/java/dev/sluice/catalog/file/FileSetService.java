package dev.sluice.catalog.file;

import dev.sluice.catalog.file.FileProblem.FileNotFound;
import dev.sluice.catalog.file.FileProblem.PathConflict;
import dev.sluice.catalog.file.VersionDigest.Content;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The set of files of a version, within the caller's transaction. Whether the version may still
 * change is for the caller to know, who holds its row.
 */
@ApplicationScoped
public class FileSetService {
  private static final int NAMED = 20;

  private final FileRepository files;
  private final PendingRepository pending;

  FileSetService(FileRepository files, PendingRepository pending) {
    this.files = files;
    this.pending = pending;
  }

  /**
   * Puts a file; the newest of a path wins.
   *
   * @return what that adds to the version's figures
   * @throws dev.sluice.support.problem.ProblemException 409 when the path would be file and folder
   */
  public Uni<Change> put(
      Mutiny.Session session, ProjectScope scope, UUID versionId, VersionFile file) {
    FilePath path = new FilePath(file.path());
    return files
        .conflict(session, scope, versionId, path)
        .invoke(other -> refuse(path, other))
        .chain(() -> files.find(session, scope, versionId, path))
        .call(old -> files.put(session, scope, versionId, List.of(file)))
        .map(old -> Change.replacing(old, file));
  }

  /** Puts files of different paths that do not conflict; the newest of a path wins. */
  public Uni<Change> putMany(
      Mutiny.Session session, ProjectScope scope, UUID versionId, List<VersionFile> many) {
    List<String> paths = many.stream().map(VersionFile::path).toList();
    return files
        .sizes(session, scope, versionId, paths)
        .call(old -> files.put(session, scope, versionId, many))
        .map(old -> Change.replacing(old, many));
  }

  /** Whether any of the paths would be a file and a folder, with each other or what is there. */
  public Uni<Boolean> conflict(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<FilePath> paths) {
    Set<String> named = paths.stream().map(FilePath::value).collect(Collectors.toSet());
    Set<String> folders =
        paths.stream().flatMap(p -> p.ancestors().stream()).collect(Collectors.toSet());
    return named.stream().anyMatch(folders::contains)
        ? Uni.createFrom().item(true)
        : files.conflict(session, scope, versionId, named, folders);
  }

  /** Puts many files of a version that has none; the caller knows that they do not conflict. */
  public Uni<Void> putAll(
      Mutiny.Session session, ProjectScope scope, UUID versionId, List<VersionFile> all) {
    return files.put(session, scope, versionId, all);
  }

  /** Takes a file out; 404 when it is not there. */
  public Uni<Change> remove(
      Mutiny.Session session, ProjectScope scope, UUID versionId, FilePath path) {
    return get(session, scope, versionId, path)
        .call(() -> files.remove(session, scope, versionId, path))
        .map(old -> new Change(-1, -old.size()));
  }

  /** Starts a version with all files of another. */
  public Uni<Void> inherit(Mutiny.Session session, ProjectScope scope, UUID from, UUID to) {
    return files.copy(session, scope, from, to);
  }

  /** The file of that path; 404 when there is none. */
  public Uni<VersionFile> get(
      Mutiny.Session session, ProjectScope scope, UUID versionId, FilePath path) {
    return files
        .find(session, scope, versionId, path)
        .onItem()
        .ifNull()
        .failWith(() -> new FileNotFound(path.value()).exception());
  }

  /** Whether the version has the same content under that path. */
  public Uni<Boolean> has(
      Mutiny.Session session, ProjectScope scope, UUID versionId, VersionFile file) {
    return files
        .find(session, scope, versionId, new FilePath(file.path()))
        .map(there -> there != null && there.sameContent(file));
  }

  /** Files below {@code prefix} in the order of their paths: one row more than the page's limit. */
  public Uni<List<VersionFile>> page(
      Mutiny.Session session, ProjectScope scope, UUID versionId, String prefix, PageRequest page) {
    return files.page(session, scope, versionId, prefix, page);
  }

  /** Reads all files once and sums them up. */
  public Uni<Content> content(Mutiny.Session session, ProjectScope scope, UUID versionId) {
    VersionDigest.Builder digest = new VersionDigest.Builder();
    PageReader reader = new PageReader(at -> files.page(session, scope, versionId, "", at));
    Multi<List<VersionFile>> pages = reader.pages();
    return pages
        .onItem()
        .invoke(page -> page.forEach(digest::add))
        .collect()
        .last()
        .map(done -> digest.content());
  }

  /** Remembers that a file is announced but not there. */
  public Uni<Void> announce(
      Mutiny.Session session, ProjectScope scope, UUID versionId, PendingFile file) {
    return pending.put(session, scope, versionId, file);
  }

  /** Forgets what an upload announced. */
  public Uni<Void> settle(
      Mutiny.Session session, ProjectScope scope, UUID versionId, UUID uploadId) {
    return pending.remove(session, scope, versionId, uploadId);
  }

  /** Remembers several files that are announced but not there, of different paths. */
  public Uni<Void> announce(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<PendingFile> many) {
    return many.isEmpty()
        ? Uni.createFrom().voidItem()
        : pending.put(session, scope, versionId, many);
  }

  /** Forgets what several uploads announced. */
  public Uni<Void> settle(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<UUID> uploadIds) {
    return uploadIds.isEmpty()
        ? Uni.createFrom().voidItem()
        : pending.remove(session, scope, versionId, uploadIds);
  }

  /** Some of the files that are announced but not there. */
  public Uni<List<PendingFile>> pending(
      Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return pending.list(session, scope, versionId, NAMED);
  }

  private static void refuse(FilePath path, @Nullable String other) {
    if (other != null) {
      throw new PathConflict(path.value(), other).exception();
    }
  }

  /** What a write adds to the figures of a version. */
  public record Change(long files, long bytes) {
    static Change replacing(@Nullable VersionFile old, VersionFile file) {
      return old == null ? new Change(1, file.size()) : new Change(0, file.size() - old.size());
    }

    static Change replacing(Map<String, Long> oldSizes, List<VersionFile> many) {
      long before = oldSizes.values().stream().mapToLong(Long::longValue).sum();
      long after = many.stream().mapToLong(VersionFile::size).sum();
      return new Change(many.size() - oldSizes.size(), after - before);
    }
  }
}
