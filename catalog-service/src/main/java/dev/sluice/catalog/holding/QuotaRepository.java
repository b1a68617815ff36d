package dev.sluice.catalog.holding;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Table {@code project_quota}, and the sums over {@code stored_object}. */
@ApplicationScoped
class QuotaRepository {
  private final Clock clock;

  QuotaRepository(Clock clock) {
    this.clock = clock;
  }

  /** What owners set. */
  Uni<Optional<Long>> find(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(
            "select bytes from {h-schema}project_quota where project = :project", Long.class)
        .setParameter("project", scope.project())
        .getSingleResultOrNull()
        .map(Optional::ofNullable);
  }

  Uni<Void> put(Mutiny.Session session, ProjectScope scope, long bytes) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}project_quota (project, bytes, set_by, set_at)
            values (:project, :bytes, :by, :at)
            on conflict (project) do update
            set bytes = excluded.bytes, set_by = excluded.set_by, set_at = excluded.set_at
            """)
        .setParameter("project", scope.project())
        .setParameter("bytes", bytes)
        .setParameter("by", scope.caller())
        .setParameter("at", OffsetDateTime.now(clock))
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Void> remove(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery("delete from {h-schema}project_quota where project = :project")
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** How many objects the project has, and their bytes. */
  Uni<Held> held(Mutiny.Session session, ProjectScope scope) {
    return session
        .createNativeQuery(
            """
            select count(*), cast(coalesce(sum(size), 0) as bigint) from {h-schema}stored_object
            where project = :project
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .getSingleResult()
        .map(row -> new Held(((Number) row[0]).longValue(), ((Number) row[1]).longValue()));
  }

  /** What a project has. */
  record Held(long objects, long bytes) {}
}
