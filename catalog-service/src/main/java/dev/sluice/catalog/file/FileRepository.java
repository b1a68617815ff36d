package dev.sluice.catalog.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code version_file}: a row per file; paths compare as UTF-8 bytes. */
@ApplicationScoped
class FileRepository {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

  /** Files whose path begins with {@code prefix}, in the order of their paths. */
  Uni<List<VersionFile>> page(
      Mutiny.Session session, ProjectScope scope, UUID versionId, String prefix, PageRequest page) {
    return session
        .createNativeQuery(
            """
            select f.path, f.size, f.sha256, f.media_type, f.object_key, f.row_count
            from {h-schema}version_file f
            join {h-schema}dataset_version v on v.id = f.version_id and v.project = :project
            where f.version_id = :version and f.path > :after
              and f.path >= :prefix and starts_with(f.path, :prefix)
            order by f.path limit :limit
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("after", page.after())
        .setParameter("prefix", prefix)
        .setParameter("limit", page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(FileRepository::toFile).toList());
  }

  /** The file of that path, or null. */
  Uni<@Nullable VersionFile> find(
      Mutiny.Session session, ProjectScope scope, UUID versionId, FilePath path) {
    return session
        .createNativeQuery(
            """
            select f.path, f.size, f.sha256, f.media_type, f.object_key, f.row_count
            from {h-schema}version_file f
            join {h-schema}dataset_version v on v.id = f.version_id and v.project = :project
            where f.version_id = :version and f.path = :path
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("path", path.value())
        .getSingleResultOrNull()
        .map(row -> row == null ? null : toFile(row));
  }

  /** A file that is a folder of {@code path}, or lies below it; or null. */
  Uni<@Nullable String> conflict(
      Mutiny.Session session, ProjectScope scope, UUID versionId, FilePath path) {
    return session
        .createNativeQuery(
            """
            select f.path from {h-schema}version_file f
            join {h-schema}dataset_version v on v.id = f.version_id and v.project = :project
            where f.version_id = :version
              and (f.path in (select a from jsonb_array_elements_text(
                  cast(cast(:ancestors as text) as jsonb)) a)
                or (f.path > :folder and starts_with(f.path, :folder)))
            order by f.path limit 1
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("ancestors", json(path.ancestors()))
        .setParameter("folder", path.value() + "/")
        .getSingleResultOrNull();
  }

  /** The sizes of those of the paths that are there. */
  Uni<Map<String, Long>> sizes(
      Mutiny.Session session, ProjectScope scope, UUID versionId, List<String> paths) {
    return session
        .createNativeQuery(
            """
            select f.path, f.size from {h-schema}version_file f
            join {h-schema}dataset_version v on v.id = f.version_id and v.project = :project
            where f.version_id = :version and f.path = any(array(
              select p from jsonb_array_elements_text(cast(cast(:paths as text) as jsonb)) p))
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("paths", json(paths))
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .collect(Collectors.toMap(r -> text(r[0]), r -> ((Number) r[1]).longValue())));
  }

  /** Whether a file is one of the folders, or lies below one of the paths. */
  Uni<Boolean> conflict(
      Mutiny.Session session,
      ProjectScope scope,
      UUID versionId,
      Set<String> paths,
      Set<String> folders) {
    return session
        .createNativeQuery(
            """
            select 1 from {h-schema}dataset_version v
            where v.id = :version and v.project = :project
              and (exists (
                  select 1 from {h-schema}version_file f
                  where f.version_id = v.id and f.path = any(array(
                    select a from jsonb_array_elements_text(
                      cast(cast(:folders as text) as jsonb)) a)))
                or exists (
                  select 1 from jsonb_array_elements_text(cast(cast(:paths as text) as jsonb)) p
                  cross join lateral (
                    select 1 from {h-schema}version_file f
                    where f.version_id = v.id and f.path > p || '/' and f.path < p || '0'
                    limit 1) below))
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("folders", json(folders))
        .setParameter("paths", json(paths))
        .getResultList()
        .map(rows -> !rows.isEmpty());
  }

  /**
   * Adds the files and owns their objects; a path that is there points at the new object from now
   * on.
   */
  Uni<Void> put(
      Mutiny.Session session, ProjectScope scope, UUID versionId, List<VersionFile> files) {
    return session
        .createNativeQuery(
            """
            with given as (
              select f.* from jsonb_to_recordset(cast(cast(:files as text) as jsonb)) as f(
                "path" text, "size" bigint, "sha256" text, "mediaType" text, "objectKey" text,
                "rows" bigint)),
              owned as (
                insert into {h-schema}stored_object (project, object_key, sha256, size, media_type)
                select distinct on (g."objectKey")
                  v.project, g."objectKey", g."sha256", g."size", g."mediaType"
                from given g
                join {h-schema}dataset_version v on v.id = :version and v.project = :project
                order by g."objectKey"
                on conflict do nothing)
            insert into {h-schema}version_file
              (version_id, path, size, sha256, media_type, object_key, row_count)
            select v.id, g."path", g."size", g."sha256", g."mediaType", g."objectKey", g."rows"
            from given g
            join {h-schema}dataset_version v on v.id = :version and v.project = :project
            on conflict (version_id, path) do update
            set size = excluded.size, sha256 = excluded.sha256, media_type = excluded.media_type,
                object_key = excluded.object_key, row_count = excluded.row_count
            """)
        .setParameter("files", json(files))
        .setParameter("version", versionId)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Gives {@code to} all files of {@code from}; both are of the scope's project. */
  Uni<Void> copy(Mutiny.Session session, ProjectScope scope, UUID from, UUID to) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}version_file
              (version_id, path, size, sha256, media_type, object_key, row_count)
            select t.id, f.path, f.size, f.sha256, f.media_type, f.object_key, f.row_count
            from {h-schema}version_file f
            join {h-schema}dataset_version v on v.id = f.version_id and v.project = :project
            join {h-schema}dataset_version t on t.id = :to and t.project = :project
            where f.version_id = :from
            """)
        .setParameter("project", scope.project())
        .setParameter("from", from)
        .setParameter("to", to)
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Integer> remove(Mutiny.Session session, ProjectScope scope, UUID versionId, FilePath path) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}version_file f using {h-schema}dataset_version v
            where v.id = f.version_id and v.project = :project
              and f.version_id = :version and f.path = :path
            """)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("path", path.value())
        .executeUpdate();
  }

  private static VersionFile toFile(@Nullable Object[] row) {
    Number rows = (Number) row[5];
    return new VersionFile(
        text(row[0]),
        row[1] instanceof Number size ? size.longValue() : 0,
        text(row[2]),
        text(row[3]),
        text(row[4]),
        rows == null ? null : rows.longValue());
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write files", e);
    }
  }
}
