package dev.sluice.catalog.file;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Table {@code pending_file}. */
@ApplicationScoped
class PendingRepository {

  /** Remembers the newest word about a path. */
  Uni<Void> put(Mutiny.Session session, ProjectScope scope, UUID versionId, PendingFile pending) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}pending_file (version_id, path, upload_id, reason)
            select v.id, :path, :upload, :reason from {h-schema}dataset_version v
            where v.id = :version and v.project = :project
            on conflict (version_id, path) do update
            set upload_id = excluded.upload_id, reason = excluded.reason
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("path", pending.path())
        .setParameter("upload", pending.uploadId())
        .setParameter("reason", pending.reason())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Forgets what an upload announced. */
  Uni<Void> remove(Mutiny.Session session, ProjectScope scope, UUID versionId, UUID uploadId) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}pending_file p using {h-schema}dataset_version v
            where v.id = p.version_id and v.project = :project
              and p.version_id = :version and p.upload_id = :upload
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("upload", uploadId)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** At most {@code limit} of them, by path. */
  Uni<List<PendingFile>> list(
      Mutiny.Session session, ProjectScope scope, UUID versionId, int limit) {
    return session
        .createNativeQuery(
            """
            select p.path, p.upload_id, p.reason from {h-schema}pending_file p
            join {h-schema}dataset_version v on v.id = p.version_id and v.project = :project
            where p.version_id = :version order by p.path limit :limit
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("limit", limit)
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .map(r -> new PendingFile((String) r[0], (UUID) r[1], (String) r[2]))
                    .toList());
  }
}
