package dev.sluice.upload.reconcile;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.ledger.UploadId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Which owners the ledger knows. */
@ApplicationScoped
class ReconcileRepository {

  /** Projects that have any upload or draft. */
  Uni<List<String>> projectsAnyProject(Mutiny.Session session) {
    return session
        .createNativeQuery("select distinct project from {h-schema}dataset", String.class)
        .getResultList();
  }

  /** Those of the store's multipart uploads that an open upload has. */
  Uni<Set<String>> openMultiparts(
      Mutiny.Session session, ProjectScope scope, Collection<String> storeUploadIds) {
    return session
        .createNativeQuery(
            """
            select store_upload_id from {h-schema}upload
            where project = :project and state = 'open'
              and store_upload_id = any(string_to_array(:ids, chr(10)))
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("ids", String.join("\n", storeUploadIds))
        .getResultList()
        .map(Set::copyOf);
  }

  /** Keys of files of several parts that began lately. */
  Uni<List<String>> multipartKeys(Mutiny.Session session, ProjectScope scope, Instant since) {
    return session
        .createNativeQuery(
            """
            select object_key from {h-schema}upload
            where project = :project and part_count > 1 and created_at > :since and not held
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("since", since.atOffset(ZoneOffset.UTC))
        .getResultList();
  }

  /** Those of the uploads whose bytes are wanted still. */
  Uni<Set<UploadId>> live(
      Mutiny.Session session, ProjectScope scope, Collection<UploadId> uploads) {
    return session
        .createNativeQuery(
            """
            select id from {h-schema}upload
            where project = :project and state in ('open', 'verifying')
              and id = any(cast(string_to_array(:ids, ',') as uuid[]))
            """,
            UUID.class)
        .setParameter("project", scope.project())
        .setParameter(
            "ids", uploads.stream().map(UploadId::toString).collect(Collectors.joining(",")))
        .getResultList()
        .map(rows -> rows.stream().map(UploadId::new).collect(Collectors.toSet()));
  }

  /** Those of the keys that an upload writes, or whose version a run writes. */
  Uni<Set<String>> known(Mutiny.Session session, ProjectScope scope, Collection<ObjectKey> keys) {
    return session
        .createNativeQuery(
            """
            select k from unnest(string_to_array(:keys, chr(10))) k
            where exists (
                select 1 from {h-schema}upload u
                where u.project = :project and u.object_key = k
                  and u.state in ('open', 'verifying'))
              or exists (
                select 1 from {h-schema}draft v
                join {h-schema}dataset d on d.id = v.dataset_id and d.project = :project
                where v.state = 'reserved'
                  and starts_with(k, 'dataset/' || d.name || '/' || v.version || '/'))
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("keys", keys.stream().map(ObjectKey::value).collect(Collectors.joining("\n")))
        .getResultList()
        .map(Set::copyOf);
  }

  /** Completed uploads of open drafts, in the order of their ids. */
  Uni<List<UUID>> completedOfOpenDrafts(
      Mutiny.Session session, ProjectScope scope, Instant before, UUID after, int limit) {
    return session
        .createNativeQuery(
            """
            select u.id from {h-schema}upload u
            join {h-schema}draft d on d.dataset_id = u.dataset_id and d.version = u.version
            where u.project = :project and u.state = 'completed' and d.state in ('open', 'importing')
              and u.since < :before and u.id > :after
              and not exists (
                select 1 from {h-schema}upload later
                where later.dataset_id = u.dataset_id and later.version = u.version
                  and later.path = u.path and later.created_at > u.created_at)
            order by u.id limit :limit
            """,
            UUID.class)
        .setParameter("project", scope.project())
        .setParameter("before", before.atOffset(ZoneOffset.UTC))
        .setParameter("after", after)
        .setParameter("limit", limit)
        .getResultList();
  }
}
