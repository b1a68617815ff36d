package dev.sluice.upload.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The rows of table {@code import_file} while sources are listed; the import's own row is held by
 * the caller.
 */
@ApplicationScoped
class ListingRepository {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String GONE =
      """
      from {h-schema}import_file f
      join {h-schema}import_job j on j.id = f.import_id and j.project = :project
      where f.import_id = :id and not f.listed and f.state in ('pending', 'sending')
        and (f.kind <> 'entry' or not exists (
          select 1 from {h-schema}import_file a
          where a.import_id = f.import_id and a.kind = 'archive' and a.listed
            and a.state = 'expanded'
            and a.source_no = f.source_no and a.source_path = f.source_path))
      """;

  /**
   * Takes over what a listing found. What was begun stays as it is when the source still has it.
   *
   * @param files of different paths
   * @return rows that took them; fewer than given when a path was found twice
   */
  Uni<Integer> putAll(
      Mutiny.Session session, ProjectScope scope, ImportId id, List<FoundFile> files) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}import_file as f (import_id, path, kind, source_no, source_path,
              source_key, size, tag, ranges, same_store, state, reason, sha256)
            select j.id, n."path", n."kind", n."sourceNo", n."sourcePath", n."sourceKey",
              n."size", n."tag", n."ranges", n."sameStore", n."state", n."reason", n."sha256"
            from jsonb_to_recordset(cast(cast(:files as text) as jsonb)) as n(
              "path" text, "kind" text, "sourceNo" int, "sourcePath" text, "sourceKey" text,
              "size" bigint, "tag" text, "ranges" boolean, "sameStore" text, "state" text, "reason" text,
              "sha256" text)
            join {h-schema}import_job j on j.id = :id and j.project = :project
            on conflict (import_id, path) do update
            set listed = true, kind = excluded.kind, size = excluded.size, tag = excluded.tag,
              ranges = excluded.ranges, same_store = excluded.same_store,
              source_key = excluded.source_key,
              state = case when f.state in ('sending', 'imported', 'ignored', 'expanded')
                  and f.tag = excluded.tag and f.tag <> '' and f.size = excluded.size
                then f.state else excluded.state end,
              sha256 = case when f.state in ('sending', 'imported', 'ignored', 'expanded')
                  and f.tag = excluded.tag and f.tag <> '' and f.size = excluded.size
                then f.sha256 else excluded.sha256 end,
              reason = excluded.reason
            where f.source_no = excluded.source_no and f.source_path = excluded.source_path
              and (not f.listed or f.source_key is not distinct from excluded.source_key)
            """)
        .setParameter("files", json(files))
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .executeUpdate();
  }

  /** Forgets what has not begun; the rest is to be found again. */
  Uni<Void> forgetUntouched(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}import_file f using {h-schema}import_job j
            where j.id = f.import_id and j.project = :project and f.import_id = :id
              and f.state in ('pending', 'unchanged', 'failed')
            """)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .executeUpdate()
        .chain(
            () ->
                session
                    .createNativeQuery(
                        """
                        update {h-schema}import_file f set listed = false
                        from {h-schema}import_job j
                        where j.id = f.import_id and j.project = :project and f.import_id = :id
                        """)
                    .setParameter("id", id.value())
                    .setParameter("project", scope.project())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * Uploads that carry what these files were before. An upload with the same size would go on with
   * bytes of two contents, so it is given up before the new content is written down.
   */
  Uni<List<UUID>> outdated(
      Mutiny.Session session, ProjectScope scope, ImportId id, List<FoundFile> files) {
    return session
        .createNativeQuery(
            """
            select f.upload_id from {h-schema}import_file f
            join {h-schema}import_job j on j.id = f.import_id and j.project = :project
            join jsonb_to_recordset(cast(cast(:files as text) as jsonb)) as n(
              "path" text, "size" bigint, "tag" text) on n."path" = f.path
            where f.import_id = :id and f.upload_id is not null
              and not (f.tag = n."tag" and f.tag <> '' and f.size = n."size")
            """,
            UUID.class)
        .setParameter("files", json(files))
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .getResultList();
  }

  /**
   * Uploads of files that the sources do not have any more, or that lie in an archive which is
   * another now. Those that are complete are left alone.
   */
  Uni<List<UUID>> gone(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            "select f.upload_id " + GONE + " and f.upload_id is not null", UUID.class)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .getResultList();
  }

  /** Forgets the files of {@link #gone}, and what was brought that no source has any more. */
  Uni<Integer> forgetGone(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            """
                    delete from {h-schema}import_file g where g.import_id = :id and g.path in (
              select f.path\s"""
                + GONE
                + """
                ) or g.import_id = :id and not g.listed and g.state <> 'unchanged'
                  and (g.kind <> 'entry' or not exists (
                    select 1 from {h-schema}import_file a
                    where a.import_id = g.import_id and a.kind = 'archive' and a.listed
                      and a.source_no = g.source_no and a.source_path = g.source_path))
                """)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .executeUpdate();
  }

  private static String json(List<FoundFile> files) {
    try {
      return JSON.writeValueAsString(files);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write files", e);
    }
  }
}
