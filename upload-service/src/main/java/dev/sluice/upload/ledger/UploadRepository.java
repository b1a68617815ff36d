package dev.sluice.upload.ledger;

import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.file.ObjectKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of table {@code upload}. */
@ApplicationScoped
class UploadRepository {
  private static final Optional<Instant> NEVER = Optional.empty();

  /**
   * Writes first rows, all by one statement.
   *
   * @param urlsUntil until when addresses of those that take bytes are good; empty while nobody
   *     gives one out
   */
  Uni<Void> insert(
      Mutiny.Session session,
      ProjectScope scope,
      Collection<Upload> uploads,
      Optional<Instant> urlsUntil) {
    List<UploadEntity> rows =
        uploads.stream()
            .map(upload -> UploadEntity.from(upload, upload.urlsGiven() ? urlsUntil : NEVER))
            .toList();
    return session
        .createNativeQuery(
            """
            insert into {h-schema}upload
              (id, project, dataset_id, dataset, version, data_type, path, size, sha256, part_size,
               part_count, object_key, held, reopened, created_by, created_at, state, since,
               expires_at, media_type, reason, cleanup_at, traceparent, urls_expire_at)
            select id, :project, dataset_id, dataset, version, data_type, path, size, sha256,
              part_size, part_count, object_key, held, reopened, created_by, created_at, state,
              since, expires_at, media_type, reason, cleanup_at, traceparent, urls_expire_at
            from jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as r(
              id uuid, dataset_id uuid, dataset text, version text, data_type text, path text,
              size bigint, sha256 text, part_size bigint, part_count int, object_key text,
              held boolean, reopened int, created_by text, created_at timestamptz, state text,
              since timestamptz, expires_at timestamptz, media_type text, reason text,
              cleanup_at timestamptz, traceparent text, urls_expire_at timestamptz)
            """)
        .setParameter("project", scope.project())
        .setParameter("rows", UploadRows.whole(rows))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Writes what became of rows that the transaction holds, all by one statement. */
  Uni<Void> update(
      Mutiny.Session session, ProjectScope scope, Collection<UploadEntity> lockedRows) {
    if (lockedRows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return session
        .createNativeQuery(
            """
            update {h-schema}upload as u
            set sha256 = r.sha256, state = r.state, since = r.since, expires_at = r.expires_at,
              media_type = r.media_type, reason = r.reason, cleanup_at = r.cleanup_at,
              traceparent = r.traceparent, store_upload_id = r.store_upload_id,
              reopened = r.reopened
            from jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as r(
              id uuid, sha256 text, state text, since timestamptz, expires_at timestamptz,
              media_type text, reason text, cleanup_at timestamptz, traceparent text,
              store_upload_id text, reopened int)
            where u.id = r.id and u.project = :project
            """)
        .setParameter("project", scope.project())
        .setParameter("rows", UploadRows.changes(lockedRows))
        .executeUpdate()
        .replaceWithVoid();
  }

  private static String lines(Stream<String> texts) {
    return texts.collect(Collectors.joining("\n"));
  }

  /** Whoever's it is: the caller must check its project. */
  Uni<Optional<Upload>> findAnyProject(Mutiny.Session session, UploadId id) {
    return session
        .find(UploadEntity.class, id.value())
        .map(row -> Optional.ofNullable(row).map(UploadEntity::toUpload));
  }

  /** The row, kept from all others until the transaction ends. */
  Uni<Optional<UploadEntity>> lock(Mutiny.Session session, ProjectScope scope, UploadId id) {
    return session
        .createSelectionQuery(
            "from UploadEntity where id = :id and project = :project", UploadEntity.class)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .map(rows -> rows.stream().findFirst());
  }

  /** Those of the uploads that exist, in the order of their ids. */
  Uni<List<Upload>> all(Mutiny.Session session, ProjectScope scope, Collection<UploadId> ids) {
    return session
        .createSelectionQuery(
            "from UploadEntity where project = :project and id in :ids order by id",
            UploadEntity.class)
        .setParameter("project", scope.project())
        .setParameter("ids", ids.stream().map(UploadId::value).toList())
        .getResultList()
        .map(rows -> rows.stream().map(UploadEntity::toUpload).toList());
  }

  /** Lets only one transaction at a time begin files of this draft. */
  Uni<Void> lockDraft(Mutiny.Session session, Target target) {
    return session
        .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:lock, 0))")
        .setParameter("lock", target.datasetId() + "/" + target.version())
        .getResultList()
        .replaceWithVoid();
  }

  /** The newest upload of each of these files that has one. */
  Uni<List<Upload>> newest(
      Mutiny.Session session, ProjectScope scope, Target target, Collection<FilePath> paths) {
    return session
        .createSelectionQuery(
            """
            from UploadEntity u
            where project = :project and datasetId = :dataset and version = :version
              and path in :paths
              and not exists (
                select 1 from UploadEntity later
                where later.datasetId = u.datasetId and later.version = u.version
                  and later.path = u.path
                  and (later.createdAt > u.createdAt
                    or (later.createdAt = u.createdAt and later.id > u.id)))
            """,
            UploadEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", target.datasetId())
        .setParameter("version", target.version())
        .setParameter("paths", paths.stream().map(FilePath::value).toList())
        .getResultList()
        .map(rows -> rows.stream().map(UploadEntity::toUpload).toList());
  }

  /** The newest upload of the file; a live one before any other. */
  Uni<Optional<Upload>> newest(
      Mutiny.Session session, ProjectScope scope, Target target, FilePath path) {
    return session
        .createSelectionQuery(
            """
            from UploadEntity
            where project = :project and datasetId = :dataset and version = :version
              and path = :path
            order by createdAt desc, id desc
            """,
            UploadEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", target.datasetId())
        .setParameter("version", target.version())
        .setParameter("path", path.value())
        .setMaxResults(1)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(UploadEntity::toUpload));
  }

  /** Paths of the same version that are folders of these, or lie in them. */
  Uni<List<String>> pathsInTheWay(
      Mutiny.Session session, Target target, Collection<FilePath> paths) {
    return session
        .createNativeQuery(
            """
            select path from {h-schema}upload
            where dataset_id = :dataset and version = :version
              and state in ('open', 'verifying', 'completed')
              and path = any(string_to_array(:folders, chr(10)))
            union
            select u.path from unnest(string_to_array(:paths, chr(10))) as p
            join lateral (
              select path from {h-schema}upload
              where dataset_id = :dataset and version = :version
                and state in ('open', 'verifying', 'completed')
                and path > p || '/' and path < p || '0'
              limit 1) u on true
            """,
            String.class)
        .setParameter("dataset", target.datasetId())
        .setParameter("version", target.version())
        .setParameter(
            "folders", lines(paths.stream().flatMap(p -> p.folders().stream()).distinct()))
        .setParameter("paths", lines(paths.stream().map(FilePath::value)))
        .getResultList();
  }

  /** Those of the keys that an upload has. */
  Uni<Set<String>> taken(Mutiny.Session session, ProjectScope scope, Collection<ObjectKey> keys) {
    return session
        .createNativeQuery(
            """
            select distinct object_key from {h-schema}upload
            where project = :project and object_key = any(string_to_array(:keys, chr(10)))
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("keys", lines(keys.stream().map(ObjectKey::value)))
        .getResultList()
        .map(Set::copyOf);
  }

  /** Lets only one transaction at a time use up the project's room. */
  Uni<Void> lockQuota(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:lock, 1))")
        .setParameter("lock", scope.project())
        .getResultList()
        .replaceWithVoid();
  }

  /** Bytes of the project that are on their way: not yet in the catalog's own sum. */
  Uni<Long> bytesOnTheirWay(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(
            """
            select coalesce(sum(size), 0) from {h-schema}upload
            where project = :project and state in ('open', 'verifying')
            """,
            Object.class)
        .setParameter("project", scope.project())
        .getSingleResult()
        .map(sum -> ((Number) sum).longValue());
  }

  /**
   * The rows, kept from all others until the transaction ends, in the order of their ids. What
   * becomes of them is written by {@link #update}: the session no longer looks after them.
   */
  Uni<List<UploadEntity>> lock(
      Mutiny.Session session, ProjectScope scope, Collection<UploadId> ids) {
    return session
        .createSelectionQuery(
            "from UploadEntity where project = :project and id in :ids order by id",
            UploadEntity.class)
        .setParameter("project", scope.project())
        .setParameter("ids", ids.stream().map(UploadId::value).toList())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .invoke(rows -> rows.forEach(session::detach));
  }

  /** Keeps the store's id unless another one is kept; answers the one that is. */
  Uni<String> keepStoreId(
      Mutiny.Session session, ProjectScope scope, UploadId id, String storeUploadId) {
    return session
        .createNativeQuery(
            """
            update {h-schema}upload set store_upload_id = coalesce(store_upload_id, :store)
            where id = :id and project = :project returning store_upload_id
            """,
            String.class)
        .setParameter("store", storeUploadId)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .getResultList()
        .map(rows -> rows.stream().findFirst().orElse(storeUploadId));
  }

  /** Remembers until when addresses that were given out are good. */
  Uni<Void> keepUrlExpiry(
      Mutiny.Session session, ProjectScope scope, Collection<UploadId> ids, Instant expiresAt) {
    return session
        .createNativeQuery(
            """
            update {h-schema}upload set urls_expire_at = greatest(urls_expire_at, :at)
            where id = any(cast(string_to_array(:ids, chr(10)) as uuid[])) and project = :project
            """)
        .setParameter("at", expiresAt.atOffset(ZoneOffset.UTC))
        .setParameter("ids", lines(ids.stream().map(UploadId::toString)))
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<List<Upload>> page(
      Mutiny.Session session, ProjectScope scope, UploadFilter filter, PageRequest page) {
    return session
        .createSelectionQuery(
            """
            from UploadEntity
            where project = :project
              and (:dataset = '' or dataset = :dataset)
              and (:version = '' or version = :version)
              and (:state = '' or state = :state)
              and id > :after
            order by id
            """,
            UploadEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", filter.dataset())
        .setParameter("version", filter.version())
        .setParameter("state", filter.state())
        .setParameter(
            "after", page.after().isEmpty() ? new UUID(0, 0) : UUID.fromString(page.after()))
        .setMaxResults(page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(UploadEntity::toUpload).toList());
  }
}
