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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of table {@code upload}. */
@ApplicationScoped
class UploadRepository {

  Uni<Void> insert(Mutiny.Session session, Upload upload) {
    return session.persist(UploadEntity.from(upload)).chain(session::flush);
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

  /** Lets only one transaction at a time begin a file at this path. */
  Uni<Void> lockPath(Mutiny.Session session, Target target, FilePath path) {
    return session
        .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:lock, 0))")
        .setParameter("lock", target.datasetId() + "/" + target.version() + "/" + path.value())
        .getResultList()
        .replaceWithVoid();
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

  /** A path of the same version that is a folder of this one, or lies in it. */
  Uni<Optional<String>> pathInTheWay(Mutiny.Session session, Target target, FilePath path) {
    return session
        .createNativeQuery(
            """
            select path from {h-schema}upload
            where dataset_id = :dataset and version = :version
              and state in ('open', 'verifying', 'completed')
              and (path = any(string_to_array(:folders, chr(10)))
                or (path > :path || '/' and path < :path || '0'))
            limit 1
            """,
            String.class)
        .setParameter("dataset", target.datasetId())
        .setParameter("version", target.version())
        .setParameter("folders", String.join("\n", path.folders()))
        .setParameter("path", path.value())
        .getResultList()
        .map(rows -> rows.stream().findFirst());
  }

  Uni<Boolean> isTaken(Mutiny.Session session, ProjectScope scope, ObjectKey key) {
    return session
        .createNativeQuery(
            "select 1 from {h-schema}upload where project = :project and object_key = :key")
        .setParameter("project", scope.project())
        .setParameter("key", key.value())
        .getResultList()
        .map(rows -> !rows.isEmpty());
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
      Mutiny.Session session, ProjectScope scope, UploadId id, Instant expiresAt) {
    return session
        .createNativeQuery(
            """
            update {h-schema}upload set urls_expire_at = greatest(urls_expire_at, :at)
            where id = :id and project = :project
            """)
        .setParameter("at", expiresAt.atOffset(ZoneOffset.UTC))
        .setParameter("id", id.value())
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
