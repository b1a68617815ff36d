package dev.sluice.catalog.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.manifest.Change;
import dev.sluice.manifest.PathKey;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code draft_change}: a row per path that a draft changes; paths compare as UTF-8. */
@ApplicationScoped
class DraftRepository {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();
  private static final String COLUMNS =
      "c.path, c.size, c.sha256, c.media_type, c.object_key, c.crc32c, c.row_count";

  /** Changes behind a path, in the order of their paths. */
  Uni<List<Change>> page(
      Mutiny.Session session,
      ProjectScope scope,
      UUID versionId,
      String prefix,
      String after,
      int limit) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}draft_change c
                join {h-schema}dataset_version v on v.id = c.version_id and v.project = :project
                where c.version_id = :version and c.path > :after
                  and c.path >= :prefix and starts_with(c.path, :prefix)
                order by c.path limit :limit
                """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("after", after)
        .setParameter("prefix", prefix)
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(DraftRepository::toChange).toList());
  }

  /** The changes of these paths. */
  Uni<List<Change>> find(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<String> paths) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}draft_change c
                join {h-schema}dataset_version v on v.id = c.version_id and v.project = :project
                where c.version_id = :version and c.path = any(array(
                  select p from jsonb_array_elements_text(cast(cast(:paths as text) as jsonb)) p))
                """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("paths", json(paths))
        .getResultList()
        .map(rows -> rows.stream().map(DraftRepository::toChange).toList());
  }

  /** A path put that is one of the folders, or lies below one of the paths; or null. */
  Uni<@Nullable String> conflict(
      Mutiny.Session session,
      ProjectScope scope,
      UUID versionId,
      Set<String> paths,
      Set<String> folders) {
    return session
        .createNativeQuery(
            """
            select found.path from {h-schema}dataset_version v, lateral (
              select c.path from {h-schema}draft_change c
              where c.version_id = v.id and c.sha256 is not null and c.path = any(array(
                select a from jsonb_array_elements_text(cast(cast(:folders as text) as jsonb)) a))
              union all
              select below.path
              from jsonb_array_elements_text(cast(cast(:paths as text) as jsonb)) p,
                lateral (
                  select c.path from {h-schema}draft_change c
                  where c.version_id = v.id and c.sha256 is not null
                    and c.path > p || '/' and c.path < p || '0'
                  limit 1) below) found
            where v.id = :version and v.project = :project
            limit 1
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("folders", json(folders))
        .setParameter("paths", json(paths))
        .getSingleResultOrNull();
  }

  /** Of the paths, and of what lies below them, what the draft takes out. */
  Uni<List<String>> removed(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<String> paths) {
    return session
        .createNativeQuery(
            """
            select distinct c.path
            from {h-schema}dataset_version v,
              jsonb_array_elements_text(cast(cast(:paths as text) as jsonb)) p,
              lateral (
                select c.path from {h-schema}draft_change c
                where c.version_id = v.id and c.sha256 is null
                  and (c.path = p or (c.path > p || '/' and c.path < p || '0'))) c
            where v.id = :version and v.project = :project
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("paths", json(paths))
        .getResultList();
  }

  /** Puts files; a path that is there points at the new object from now on. */
  Uni<Void> put(
      Mutiny.Session session, ProjectScope scope, UUID versionId, List<VersionFile> files) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}draft_change
              (version_id, path, size, sha256, media_type, object_key, crc32c, row_count)
            select v.id, g."path", g."size", g."sha256", g."mediaType", g."objectKey",
              cast(cast('x' || g."crc32c" as bit(32)) as bigint), g."rows"
            from jsonb_to_recordset(cast(cast(:files as text) as jsonb)) as g(
              "path" text, "size" bigint, "sha256" text, "mediaType" text, "objectKey" text,
              "crc32c" text, "rows" bigint)
            join {h-schema}dataset_version v on v.id = :version and v.project = :project
            on conflict (version_id, path) do update
            set size = excluded.size, sha256 = excluded.sha256, media_type = excluded.media_type,
                object_key = excluded.object_key, crc32c = excluded.crc32c,
                row_count = excluded.row_count
            """)
        .setParameter("files", json(files))
        .setParameter("version", versionId)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Takes paths out. */
  Uni<Void> remove(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Collection<String> paths) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}draft_change (version_id, path)
            select v.id, p
            from jsonb_array_elements_text(cast(cast(:paths as text) as jsonb)) p
            join {h-schema}dataset_version v on v.id = :version and v.project = :project
            on conflict (version_id, path) do update
            set size = null, sha256 = null, media_type = null, object_key = null, crc32c = null,
                row_count = null
            """)
        .setParameter("paths", json(paths))
        .setParameter("version", versionId)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Forgets all changes: the version's tree has them now. */
  Uni<Void> clear(Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}draft_change c using {h-schema}dataset_version v
            where c.version_id = :version and v.id = c.version_id and v.project = :project
            """)
        .setParameter("version", versionId)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /**
   * Makes the project the owner of the objects that the files point at, and saves them from the
   * garbage collection. An object that was touched within the last hour is locked, not written: the
   * shortest grace period is longer, and a row of many indexes is dear to write.
   *
   * @return keys of those that no file can point at: they are removed, or their content is blocked
   */
  Uni<List<String>> own(Mutiny.Session session, ProjectScope scope, List<VersionFile> files) {
    return session
        .createNativeQuery(
            """
            with wanted as materialized (
              select distinct on (g."objectKey") g.*
              from jsonb_to_recordset(cast(cast(:files as text) as jsonb)) as g(
                "size" bigint, "sha256" text, "mediaType" text, "objectKey" text, "crc32c" text)
              order by g."objectKey"),
            allowed as materialized (
              select w.* from wanted w
              where not exists (
                select 1 from {h-schema}erasure e
                where e.project = :project and e.sha256 = w."sha256" and e.blocked)),
            fresh as materialized (
              select w."objectKey" as object_key
              from allowed w cross join lateral (
                select 1 from {h-schema}stored_object o
                where o.project = :project and o.object_key = w."objectKey"
                  and o.state = 'held' and o.touched >= now() - interval '1 hour'
                  and (o.crc32c is not null or w."crc32c" is null)
                limit 1 for share) o),
            owned as (
              insert into {h-schema}stored_object as o
                (project, object_key, sha256, size, media_type, crc32c)
              select :project, w."objectKey", w."sha256", w."size", w."mediaType",
                cast(cast('x' || w."crc32c" as bit(32)) as bigint)
              from allowed w
              where not exists (select 1 from fresh f where f.object_key = w."objectKey")
              order by w."objectKey"
              on conflict (project, object_key) do update
              set touched = now(), state = 'held', crc32c = coalesce(o.crc32c, excluded.crc32c)
              where o.state in ('held', 'doomed')
              returning o.object_key),
            kept as (select object_key from owned union all select object_key from fresh)
            select w."objectKey" from wanted w
            where not exists (select 1 from kept k where k.object_key = w."objectKey")
            """,
            String.class)
        .setParameter("files", json(files))
        .setParameter("project", scope.project())
        .getResultList();
  }

  private static Change toChange(@Nullable Object[] row) {
    PathKey path = PathKey.of(String.valueOf(row[0]));
    if (row[2] == null) {
      return Change.remove(path);
    }
    VersionFile file =
        new VersionFile(
            path.toString(),
            row[1] instanceof Number size ? size.longValue() : 0,
            String.valueOf(row[2]),
            String.valueOf(row[3]),
            String.valueOf(row[4]),
            row[5] instanceof Number crc ? "%08x".formatted(crc.longValue()) : null,
            row[6] instanceof Number rows ? rows.longValue() : null);
    return Change.put(file.toEntry());
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write files", e);
    }
  }
}
