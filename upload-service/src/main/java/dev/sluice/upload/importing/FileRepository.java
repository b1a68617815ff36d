package dev.sluice.upload.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of table {@code import_file}; the import's own row is held by the caller. */
@ApplicationScoped
class FileRepository {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String COLUMNS =
      "f.path, f.kind, f.source_no, f.source_path, f.size, f.tag, f.ranges, f.same_store, f.state,"
          + " f.reason, f.upload_id, f.sha256, f.source_key";

  /** Files in one of the states, which are separated by commas, in the order of their paths. */
  Uni<List<ImportFile>> inState(
      Mutiny.Session session, ProjectScope scope, ImportId id, String states, PageRequest page) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}import_file f
                join {h-schema}import_job j on j.id = f.import_id and j.project = :project
                where f.import_id = :id and f.path > :after
                  and (:states = '' or f.state = any(string_to_array(:states, ',')))
                order by f.path limit :limit
                """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .setParameter("after", page.after())
        .setParameter("states", states)
        .setParameter("limit", page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(ImportFile::of).toList());
  }

  /** What was brought into a draft that is no more is brought into the next one. */
  Uni<Integer> beginAgain(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_file f set state = 'pending', upload_id = null
            from {h-schema}import_job j
            where j.id = f.import_id and j.project = :project and f.import_id = :id
              and f.state in ('sending', 'imported', 'expanded')
            """)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .executeUpdate();
  }

  /** Files that wait to be sent as they come. */
  Uni<List<ImportFile>> toSend(Mutiny.Session session, ProjectScope scope, ImportId id, int limit) {
    return waiting(session, scope, id, "f.kind = 'file' and f.size >= 0", limit);
  }

  /** Archives that wait to be taken apart, and files whose length nobody knows. */
  Uni<List<ImportFile>> toSpool(
      Mutiny.Session session, ProjectScope scope, ImportId id, int limit) {
    return waiting(
        session, scope, id, "(f.kind = 'archive' or f.kind = 'file' and f.size < 0)", limit);
  }

  private static Uni<List<ImportFile>> waiting(
      Mutiny.Session session, ProjectScope scope, ImportId id, String which, int limit) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}import_file f
                join {h-schema}import_job j on j.id = f.import_id and j.project = :project
                where f.import_id = :id and f.state = 'pending' and
                """
                + which
                + " order by f.path limit :limit",
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(ImportFile::of).toList());
  }

  /** One file. */
  Uni<Optional<ImportFile>> find(
      Mutiny.Session session, ProjectScope scope, ImportId id, String path) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}import_file f
                join {h-schema}import_job j on j.id = f.import_id and j.project = :project
                where f.import_id = :id and f.path = :path
                """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .setParameter("path", path)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(ImportFile::of));
  }

  /** Archives with an entry of which parts are wanted again are taken apart once more. */
  Uni<Integer> reopenArchives(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_file a set state = 'pending'
            where a.import_id = :id and a.kind = 'archive' and a.state = 'expanded' and exists (
              select 1 from {h-schema}import_file e join {h-schema}upload u
                on u.id = e.upload_id and u.project = :project
              where e.import_id = a.import_id and e.kind = 'entry' and e.state = 'sending'
                and e.source_no = a.source_no and e.source_path = a.source_path
                and u.state = 'open')
            """)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .executeUpdate();
  }

  /** Their uploads began. */
  Uni<Void> sending(
      Mutiny.Session session, ProjectScope scope, ImportId id, Map<String, UUID> uploads) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_file f
            set state = 'sending', reason = null, upload_id = cast(u.value as uuid)
            from jsonb_each_text(cast(cast(:uploads as text) as jsonb)) u, {h-schema}import_job j
            where j.id = f.import_id and j.project = :project and f.import_id = :id
              and f.path = u.key
            """)
        .setParameter("uploads", json(uploads))
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** A file came to this end, other than by its upload. */
  Uni<Void> end(
      Mutiny.Session session,
      ProjectScope scope,
      ImportId id,
      String path,
      String state,
      String reason) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_file f set state = :state, reason = nullif(:reason, '')
            from {h-schema}import_job j
            where j.id = f.import_id and j.project = :project and f.import_id = :id
              and f.path = :path
            """)
        .setParameter("state", state)
        .setParameter("reason", reason)
        .setParameter("path", path)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Takes over what became of the uploads. */
  Uni<Integer> settle(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_file f
            set state = case u.state when 'completed' then 'imported'
                when 'ignored' then 'ignored' else 'failed' end,
              reason = case when u.state = 'completed' then null else u.reason end,
              sha256 = u.sha256, size = u.size
            from {h-schema}upload u
            where u.id = f.upload_id and u.project = :project and f.import_id = :id
              and f.state = 'sending' and u.state in ('completed', 'ignored', 'failed', 'aborted')
            """)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .executeUpdate();
  }

  /** Files whose uploads take parts, or take them again. */
  Uni<List<ImportFile>> open(Mutiny.Session session, ProjectScope scope, ImportId id, int limit) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}import_file f
                join {h-schema}upload u on u.id = f.upload_id and u.project = :project
                where f.import_id = :id and f.state = 'sending' and f.kind = 'file'
                  and u.state = 'open'
                order by f.path limit :limit
                """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(ImportFile::of).toList());
  }

  /** An archive was taken apart to its end: what is not in it any more is not its entry. */
  Uni<Void> forgetFormerEntries(
      Mutiny.Session session, ProjectScope scope, ImportId id, ImportFile archive) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}import_file f using {h-schema}import_job j
            where j.id = f.import_id and j.project = :project and f.import_id = :id
              and f.kind = 'entry' and not f.listed
              and f.source_no = :sourceNo and f.source_path = :sourcePath
            """)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .setParameter("sourceNo", archive.sourceNo())
        .setParameter("sourcePath", archive.source().path())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Whether the draft has a file that this import does not bring, by an earlier attempt. */
  Uni<Boolean> hasFormer(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createNativeQuery(
            """
            select 1 from {h-schema}import_job j
            join {h-schema}upload u on u.dataset_id = j.dataset_id and u.version = j.version
              and u.project = j.project and u.state = 'completed'
            where j.id = :id and j.project = :project and not exists (
              select 1 from {h-schema}import_file f
              where f.import_id = j.id and f.path = u.path and f.state = 'imported')
            limit 1
            """)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .getResultList()
        .map(rows -> !rows.isEmpty());
  }

  /** Uploads that were begun and can still be given up. */
  Uni<List<UUID>> live(Mutiny.Session session, ProjectScope scope, ImportId id, int limit) {
    return session
        .createNativeQuery(
            """
            select u.id from {h-schema}upload u join {h-schema}import_file f on f.upload_id = u.id
            where f.import_id = :id and u.project = :project and u.state in ('open', 'verifying')
            limit :limit
            """,
            UUID.class)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .setParameter("limit", limit)
        .getResultList();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write files", e);
    }
  }
}
