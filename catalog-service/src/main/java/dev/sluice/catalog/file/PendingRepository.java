package dev.sluice.catalog.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Table {@code pending_file}. */
@ApplicationScoped
class PendingRepository {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

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

  /** As the other, for several paths that differ. */
  Uni<Void> put(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<PendingFile> many) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}pending_file (version_id, path, upload_id, reason)
            select v.id, p."path", p."uploadId", p."reason"
            from jsonb_to_recordset(cast(cast(:many as text) as jsonb)) as p(
              "path" text, "uploadId" uuid, "reason" text)
            join {h-schema}dataset_version v on v.id = :version and v.project = :project
            on conflict (version_id, path) do update
            set upload_id = excluded.upload_id, reason = excluded.reason
            """)
        .setParameter("many", json(many))
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Forgets what several uploads announced. */
  Uni<Void> remove(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<UUID> uploadIds) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}pending_file p using {h-schema}dataset_version v
            where v.id = p.version_id and v.project = :project and p.version_id = :version
              and p.upload_id = any(cast(string_to_array(:uploads, ',') as uuid[]))
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter(
            "uploads", uploadIds.stream().map(UUID::toString).collect(Collectors.joining(",")))
        .executeUpdate()
        .replaceWithVoid();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write pending files", e);
    }
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
