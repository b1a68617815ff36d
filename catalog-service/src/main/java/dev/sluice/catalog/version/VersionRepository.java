package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.version.VersionTreeService.Ancestor;
import dev.sluice.manifest.Digest;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code dataset_version}. */
@ApplicationScoped
class VersionRepository {
  private static final String OF_NUMBER =
      """
      from VersionEntity v
      where v.project = :project and v.datasetId = :dataset and v.number = :number
      """;

  /** The version, dropped or not, or null. */
  Uni<@Nullable Version> find(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, VersionNumber number) {
    return ofNumber(session, scope, dataset, number)
        .getSingleResultOrNull()
        .map(VersionRepository::toVersion);
  }

  /** As {@link #find}, and nobody else changes it until the transaction ends. */
  Uni<@Nullable Version> lock(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, VersionNumber number) {
    return ofNumber(session, scope, dataset, number)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getSingleResultOrNull()
        .map(VersionRepository::toVersion);
  }

  /** The draft that people share, or null. */
  Uni<@Nullable Version> openDraft(Mutiny.Session session, ProjectScope scope, DatasetId dataset) {
    return session
        .createQuery(
            """
            from VersionEntity v where v.project = :project and v.datasetId = :dataset
              and v.state = 'draft' and v.runId is null
            """,
            VersionEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .getSingleResultOrNull()
        .map(VersionRepository::toVersion);
  }

  /** Numbers of a version and those that it began with and that have files, newest first. */
  Uni<List<Integer>> line(Mutiny.Session session, ProjectScope scope, Version version) {
    return lineOf(
            session,
            scope,
            version,
            "select number, root from line where state <> 'purged' order by number desc")
        .map(rows -> rows.stream().map(row -> ((Number) row[0]).intValue()).toList());
  }

  /** A version and those that it began with and that have files, oldest first; their trees. */
  Uni<List<Ancestor>> roots(Mutiny.Session session, ProjectScope scope, Version version) {
    return lineOf(
            session,
            scope,
            version,
            "select number, root from line where state <> 'purged' order by number")
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Ancestor("v" + row[0], Digest.ofHex(String.valueOf(row[1]))))
                    .toList());
  }

  private static Uni<List<Object[]>> lineOf(
      Mutiny.Session session, ProjectScope scope, Version version, String select) {
    return session
        .createNativeQuery(
            """
            with recursive line as (
              select v.number, v.inherited_from, v.root, v.state from {h-schema}dataset_version v
              where v.project = :project and v.id = :id
              union all
              select p.number, p.inherited_from, p.root, p.state from line l
              join {h-schema}dataset_version p
                on p.project = :project and p.dataset_id = :dataset and p.number = l.inherited_from)
            """
                + select,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("dataset", version.datasetId().value())
        .setParameter("id", version.id())
        .getResultList();
  }

  /** Number of the newest version that is sealed or released, or null. */
  Uni<@Nullable Integer> newest(Mutiny.Session session, ProjectScope scope, DatasetId dataset) {
    return session
        .createQuery(
            """
            select max(v.number) from VersionEntity v
            where v.project = :project and v.datasetId = :dataset
              and v.state in ('sealed', 'released')
            """,
            Integer.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .getSingleResultOrNull();
  }

  /** Versions that were not dropped, oldest first. */
  Uni<List<Version>> page(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, PageRequest page) {
    return session
        .createQuery(
            """
            from VersionEntity v where v.project = :project and v.datasetId = :dataset
              and v.number > :after and v.state <> 'dropped'
            order by v.number
            """,
            VersionEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("after", page.after().isEmpty() ? 0 : VersionNumber.of(page.after()).value())
        .setMaxResults(page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(VersionEntity::toVersion).toList());
  }

  /** The dataset and number of a version; only these, so that no row is read before its lock. */
  Uni<Place> place(Mutiny.Session session, ProjectScope scope, UUID versionId) {
    return session
        .createQuery(
            """
            select v.datasetId, v.number from VersionEntity v
            where v.project = :project and v.id = :id
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", versionId)
        .getSingleResult()
        .map(row -> new Place(new DatasetId((UUID) row[0]), new VersionNumber((Integer) row[1])));
  }

  Uni<Void> insert(Mutiny.Session session, ProjectScope scope, Version version) {
    if (!scope.project().equals(version.project())) {
      throw new IllegalArgumentException("scope of " + scope.project());
    }
    return session.persist(VersionEntity.from(version)).call(session::flush);
  }

  /** Writes state and figures of a version that the transaction has locked. */
  Uni<Void> save(Mutiny.Session session, ProjectScope scope, Version version) {
    return ofNumber(session, scope, version.datasetId(), version.number())
        .getSingleResult()
        .invoke(row -> row.become(version))
        .replaceWithVoid();
  }

  private static Mutiny.SelectionQuery<VersionEntity> ofNumber(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, VersionNumber number) {
    return session
        .createQuery(OF_NUMBER, VersionEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("number", number.value());
  }

  private static @Nullable Version toVersion(@Nullable VersionEntity row) {
    return row == null ? null : row.toVersion();
  }

  /** Where a version is on which dataset's line. */
  record Place(DatasetId dataset, VersionNumber number) {}

  /** Remembers that people changed a draft just now. */
  Uni<Void> edited(Mutiny.Session session, ProjectScope scope, UUID id) {
    return session
        .createNativeQuery(
            """
            update {h-schema}dataset_version set edited_at = now()
            where id = :id and project = :project
            """)
        .setParameter("id", id)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }
}
