package dev.sluice.catalog.dataset;

import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

  Uni<List<Dataset>> page(
      Mutiny.Session session, ProjectScope scope, DatasetFilter filter, PageRequest page) {
    DataType type = filter.dataType();
    return session
        .createQuery(
            """
            from DatasetEntity d
            where d.project = :project and d.deletedAt is null and d.name > :after
              and (:scenario = '' or d.applicationScenario = :scenario)
              and (:type = '' or d.dataType = :type)
              and (:text = '' or locate(:text, lower(d.name)) > 0
                or locate(:text, lower(d.displayName)) > 0
                or locate(:text, lower(coalesce(d.description, ''))) > 0)
            order by d.name
            """,
            DatasetEntity.class)
        .setParameter("project", scope.project())
        .setParameter("after", page.after())
        .setParameter("scenario", orEmpty(filter.scenario()))
        .setParameter("type", type == null ? "" : type.text())
        .setParameter("text", orEmpty(filter.text()).toLowerCase(Locale.ROOT))
        .setMaxResults(page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(DatasetEntity::toDataset).toList());
  }

  /** Highest version number that a trashed dataset of that name ever gave; 0 when none did. */
  Uni<Integer> lastNumberOfTrashed(Mutiny.Session session, ProjectScope scope, String name) {
    return session
        .createQuery(
            """
            select coalesce(max(d.lastNumber), 0) from DatasetEntity d
            where d.project = :project and d.name = :name and d.deletedAt is not null
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
        .invoke(row -> row.describe(changed.about(), changed.revision()))
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

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
