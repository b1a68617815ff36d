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

/** Tables {@code pending_file} and {@code settled_upload}. */
@ApplicationScoped
class PendingRepository {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

  /** Remembers the newest word about a path, whatever became of the upload. */
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

  /** Remembers files of different paths, except those of uploads that are over. */
  Uni<Void> announce(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<PendingFile> many) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}pending_file (version_id, path, upload_id, reason)
            select v.id, p."path", p."uploadId", p."reason"
            from jsonb_to_recordset(cast(cast(:many as text) as jsonb)) as p(
              "path" text, "uploadId" uuid, "reason" text)
            join {h-schema}dataset_version v on v.id = :version and v.project = :project
            where not exists (
              select 1 from {h-schema}settled_upload s
              where s.version_id = v.id and s.upload_id = p."uploadId")
            on conflict (version_id, path) do update
            set upload_id = excluded.upload_id, reason = excluded.reason
            """)
        .setParameter("many", json(many))
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Forgets what uploads announced, and remembers that they are over. */
  Uni<Void> settle(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<UUID> uploadIds) {
    return session
        .createNativeQuery(
            """
            with over as (
              select v.id as version_id, cast(u as uuid) as upload_id
              from unnest(string_to_array(:uploads, ',')) u
              join {h-schema}dataset_version v on v.id = :version and v.project = :project),
            gone as (
              delete from {h-schema}pending_file p using over o
              where p.version_id = o.version_id and p.upload_id = o.upload_id)
            insert into {h-schema}settled_upload (version_id, upload_id)
            select version_id, upload_id from over
            on conflict do nothing
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter(
            "uploads",
            uploadIds.stream().map(UUID::toString).sorted().collect(Collectors.joining(",")))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Forgets all about a version. */
  Uni<Void> forget(Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return session
        .createNativeQuery(
            """
            with gone as (
              delete from {h-schema}pending_file p using {h-schema}dataset_version v
              where v.id = :version and v.project = :project and p.version_id = v.id)
            delete from {h-schema}settled_upload s using {h-schema}dataset_version v
            where v.id = :version and v.project = :project and s.version_id = v.id
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
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
