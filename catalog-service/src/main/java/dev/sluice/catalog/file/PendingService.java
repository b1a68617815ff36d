package dev.sluice.catalog.file;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Files of a draft that were announced but are not in it (yet); within the caller's transaction.
 */
@ApplicationScoped
public class PendingService {
  private static final int NAMED = 20;

  private final PendingRepository pending;

  PendingService(PendingRepository pending) {
    this.pending = pending;
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
  public Uni<List<PendingFile>> some(Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return pending.list(session, scope, versionId, NAMED);
  }
}
