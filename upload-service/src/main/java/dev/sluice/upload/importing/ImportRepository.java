package dev.sluice.upload.importing;

import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of table {@code import_job}, for people; and what they may look at. */
@ApplicationScoped
class ImportRepository {

  Uni<Void> insert(Mutiny.Session session, ProjectScope scope, Import job, String traceparent) {
    if (!scope.project().equals(job.order().project())) {
      throw new IllegalArgumentException("scope of " + scope.project());
    }
    return session.persist(ImportEntity.from(job, traceparent)).chain(session::flush);
  }

  /** Whoever's it is: the caller must check its project. */
  Uni<Optional<Import>> findAnyProject(Mutiny.Session session, ImportId id) {
    return session
        .find(ImportEntity.class, id.value())
        .map(row -> Optional.ofNullable(row).map(ImportEntity::toImport));
  }

  /** The row, kept from all others until the transaction ends. */
  Uni<Optional<LockedImport>> lock(Mutiny.Session session, ProjectScope scope, ImportId id) {
    return session
        .createSelectionQuery(
            "from ImportEntity where id = :id and project = :project", ImportEntity.class)
        .setParameter("id", id.value())
        .setParameter("project", scope.project())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(row -> new LockedImport(session, row)));
  }

  Uni<List<Import>> page(
      Mutiny.Session session, ProjectScope scope, ImportFilter filter, PageRequest page) {
    return session
        .createSelectionQuery(
            """
            from ImportEntity
            where project = :project
              and (:dataset = '' or dataset = :dataset)
              and (:state = '' or state = :state)
              and id > :after
            order by id
            """,
            ImportEntity.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", filter.dataset())
        .setParameter("state", filter.state())
        .setParameter(
            "after", page.after().isEmpty() ? new UUID(0, 0) : UUID.fromString(page.after()))
        .setMaxResults(page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(ImportEntity::toImport).toList());
  }

  /** The id of the living dataset of that name, as far as events have told. */
  Uni<Optional<UUID>> dataset(Mutiny.Session session, ProjectScope scope, String name) {
    return session
        .createNativeQuery(
            """
            select id from {h-schema}dataset
            where project = :project and name = :name and not deleted
            """,
            UUID.class)
        .setParameter("project", scope.project())
        .setParameter("name", name)
        .getResultList()
        .map(rows -> rows.stream().findFirst());
  }
}
