package dev.sluice.catalog.dataset;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code dataset}. */
@ApplicationScoped
class DatasetRepository {

  /** The living dataset of that name, or null. */
  Uni<@Nullable Dataset> byName(Mutiny.Session session, ProjectScope scope, String name) {
    return living(session, scope, name).getSingleResultOrNull().map(DatasetRepository::toDataset);
  }

  /** As {@link #byName}, and nobody else changes its versions until the transaction ends. */
  Uni<@Nullable Dataset> lockByName(Mutiny.Session session, ProjectScope scope, String name) {
    return living(session, scope, name)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getSingleResultOrNull()
        .map(DatasetRepository::toDataset);
  }

  /** The dataset with that id, trashed or not, or null; locked. */
  Uni<@Nullable Dataset> lockById(Mutiny.Session session, ProjectScope scope, DatasetId id) {
    return session
        .createQuery(
            "from DatasetEntity d where d.project = :project and d.id = :id", DatasetEntity.class)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getSingleResultOrNull()
        .map(DatasetRepository::toDataset);
  }

  /** Highest version number that a deleted dataset of that name ever gave; 0 when none did. */
  Uni<Integer> lastNumberOfTrashed(Mutiny.Session session, ProjectScope scope, String name) {
    return session
        .createNativeQuery(
            """
            select cast(coalesce(max(last), 0) as integer) from (
              select last_number as last from {h-schema}dataset
              where project = :project and name = :name and deleted_at is not null
              union all
              select last_number from {h-schema}purged_name
              where project = :project and name = :name) deleted
            """,
            Integer.class)
        .setParameter("project", scope.project())
        .setParameter("name", name)
        .getSingleResult();
  }

  /** Serialises the making of datasets of that name until the transaction ends. */
  Uni<Void> lockName(Mutiny.Session session, ProjectScope scope, String name) {
    return session
        .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 1))")
        .setParameter("name", scope.project() + "/" + name)
        .getResultList()
        .replaceWithVoid();
  }

  Uni<Void> insert(Mutiny.Session session, ProjectScope scope, Dataset dataset) {
    if (!scope.project().equals(dataset.project())) {
      throw new IllegalArgumentException("scope of " + scope.project());
    }
    return session.persist(DatasetEntity.from(dataset)).call(session::flush);
  }

  Uni<Void> describe(Mutiny.Session session, ProjectScope scope, Dataset changed) {
    return managed(session, scope, changed.id())
        .invoke(row -> row.describe(changed))
        .replaceWithVoid();
  }

  Uni<Void> number(Mutiny.Session session, ProjectScope scope, DatasetId id, int last) {
    return managed(session, scope, id).invoke(row -> row.lastNumber = last).replaceWithVoid();
  }

  Uni<Void> latest(
      Mutiny.Session session, ProjectScope scope, DatasetId id, @Nullable Integer latest) {
    return managed(session, scope, id).invoke(row -> row.latestNumber = latest).replaceWithVoid();
  }

  Uni<Void> trash(Mutiny.Session session, ProjectScope scope, DatasetId id, String by, Instant at) {
    return managed(session, scope, id)
        .invoke(
            row -> {
              row.deletedBy = by;
              row.deletedAt = at;
            })
        .replaceWithVoid();
  }

  Uni<Void> restore(Mutiny.Session session, ProjectScope scope, DatasetId id, int lastNumber) {
    return managed(session, scope, id)
        .invoke(
            row -> {
              row.deletedBy = null;
              row.deletedAt = null;
              row.lastNumber = lastNumber;
            })
        .replaceWithVoid();
  }

  private static Uni<DatasetEntity> managed(
      Mutiny.Session session, ProjectScope scope, DatasetId id) {
    return session
        .createQuery(
            "from DatasetEntity d where d.project = :project and d.id = :id", DatasetEntity.class)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .getSingleResult();
  }

  private static Mutiny.SelectionQuery<DatasetEntity> living(
      Mutiny.Session session, ProjectScope scope, String name) {
    return session
        .createQuery(
            """
            from DatasetEntity d
            where d.project = :project and d.name = :name and d.deletedAt is null
            """,
            DatasetEntity.class)
        .setParameter("project", scope.project())
        .setParameter("name", name);
  }

  private static @Nullable Dataset toDataset(@Nullable DatasetEntity row) {
    return row == null ? null : row.toDataset();
  }
}
