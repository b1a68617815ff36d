package dev.sluice.catalog.file;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Files of a draft that were announced but are not in it (yet); within the caller's transaction. An
 * upload that is over announces nothing any more, however late its progress is told.
 */
@ApplicationScoped
public class PendingService {
  private static final int NAMED = 20;

  private final PendingRepository pending;

  PendingService(PendingRepository pending) {
    this.pending = pending;
  }

  /** Remembers that a file is on its way, unless its upload is over. */
  public Uni<Void> announce(
      Mutiny.Session session, ProjectScope scope, UUID versionId, PendingFile file) {
    return announce(session, scope, versionId, List.of(file));
  }

  /** As the other, for several files of different paths. */
  public Uni<Void> announce(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<PendingFile> many) {
    return many.isEmpty()
        ? Uni.createFrom().voidItem()
        : pending.announce(session, scope, versionId, many);
  }

  /** The upload is over and brought what cannot be in the draft; the path stays named, and why. */
  public Uni<Void> reject(
      Mutiny.Session session, ProjectScope scope, UUID versionId, PendingFile file) {
    return settle(session, scope, versionId, file.uploadId())
        .chain(() -> pending.put(session, scope, versionId, file));
  }

  /** An upload is over: forgets what it announced. */
  public Uni<Void> settle(
      Mutiny.Session session, ProjectScope scope, UUID versionId, UUID uploadId) {
    return settle(session, scope, versionId, List.of(uploadId));
  }

  /** As the other, for several uploads. */
  public Uni<Void> settle(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<UUID> uploadIds) {
    return uploadIds.isEmpty()
        ? Uni.createFrom().voidItem()
        : pending.settle(session, scope, versionId, uploadIds);
  }

  /** Forgets all: the version is no draft any more, and no upload reaches it. */
  public Uni<Void> forget(Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return pending.forget(session, scope, versionId);
  }

  /** Some of the files that are announced but not there. */
  public Uni<List<PendingFile>> some(Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return pending.list(session, scope, versionId, NAMED);
  }
}
