package dev.sluice.vectorsink.indexing;

import dev.sluice.vectorsink.DatasetKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** What there is to do, and who does it: one replica at a time for each dataset. */
@ApplicationScoped
class WorkRepository {
  private static final double MILLIS = 1000.0;

  /** Leases the dataset whose work waits longest; empty when there is none or a race was lost. */
  Uni<Optional<UUID>> claimAnyProject(Mutiny.Session session, String holder, Duration lease) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}dataset_lease as l (dataset_id, holder, expires_at)
            select w.dataset_id, :holder, now() + make_interval(secs => :seconds)
            from (
              select dataset_id, not_before from {h-schema}indexing
              where state in ('pending', 'indexing') and not_before <= now()
              union all
              select dataset_id, not_before from {h-schema}removal where not_before <= now()
            ) w
            where not exists (
              select 1 from {h-schema}dataset_lease held
              where held.dataset_id = w.dataset_id and held.expires_at > now()
            )
            order by w.not_before limit 1
            on conflict (dataset_id) do update
            set holder = excluded.holder, expires_at = excluded.expires_at
            where l.expires_at <= now()
            returning dataset_id
            """,
            UUID.class)
        .setParameter("holder", holder)
        .setParameter("seconds", lease.toMillis() / MILLIS)
        .getResultList()
        .map(rows -> rows.stream().findFirst());
  }

  /** Keeps a lease; 0 when another replica has taken it over. */
  Uni<Integer> renewAnyProject(
      Mutiny.Session session, UUID datasetId, String holder, Duration lease) {
    return session
        .createNativeQuery(
            """
            update {h-schema}dataset_lease set expires_at = now() + make_interval(secs => :seconds)
            where dataset_id = :dataset and holder = :holder and expires_at > now()
            """)
        .setParameter("dataset", datasetId)
        .setParameter("holder", holder)
        .setParameter("seconds", lease.toMillis() / MILLIS)
        .executeUpdate();
  }

  Uni<Void> releaseAnyProject(Mutiny.Session session, UUID datasetId, String holder) {
    return session
        .createNativeQuery(
            "delete from {h-schema}dataset_lease where dataset_id = :dataset and holder = :holder")
        .setParameter("dataset", datasetId)
        .setParameter("holder", holder)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The removal of a dataset that comes first. */
  Uni<Optional<Removal>> nextRemovalAnyProject(Mutiny.Session session, UUID datasetId) {
    return session
        .createNativeQuery(
            """
            select id, project, dataset, recipe_digest, version, attempts, source_sha256
            from {h-schema}removal where dataset_id = :dataset order by id limit 1
            """,
            Object[].class)
        .setParameter("dataset", datasetId)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(row -> removal(datasetId, row)));
  }

  private static Removal removal(UUID datasetId, Object[] row) {
    return new Removal(
        ((Number) row[0]).longValue(),
        new DatasetKey((String) row[1], (String) row[2]),
        datasetId,
        (String) row[3],
        row[4] == null ? null : ((Number) row[4]).intValue(),
        (String) row[6],
        ((Number) row[5]).intValue());
  }

  Uni<Void> removedAnyProject(Mutiny.Session session, long removalId) {
    return session
        .createNativeQuery("delete from {h-schema}removal where id = :id")
        .setParameter("id", removalId)
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Void> postponeRemovalAnyProject(Mutiny.Session session, long removalId, Duration wait) {
    return session
        .createNativeQuery(
            """
            update {h-schema}removal set attempts = attempts + 1,
              not_before = now() + make_interval(secs => :seconds)
            where id = :id
            """)
        .setParameter("id", removalId)
        .setParameter("seconds", wait.toMillis() / MILLIS)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The oldest version of a dataset whose turn it is. */
  Uni<Optional<Indexing>> nextIndexingAnyProject(Mutiny.Session session, UUID datasetId) {
    return session
        .createQuery(
            """
            from IndexingEntity i where i.datasetId = :dataset
              and i.state in ('pending', 'indexing') and i.notBefore <= current_timestamp
            order by i.version
            """,
            IndexingEntity.class)
        .setParameter("dataset", datasetId)
        .setMaxResults(1)
        .getResultList()
        .map(WorkRepository::first);
  }

  private static Optional<Indexing> first(List<IndexingEntity> rows) {
    return rows.stream().findFirst().map(IndexingEntity::toIndexing);
  }
}
