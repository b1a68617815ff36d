package dev.sluice.catalog.lineage;

import dev.sluice.events.ProcessingEvent.ProcessingCompleted;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code run_output}. */
@ApplicationScoped
class RunRepository {
  private final Clock clock;

  RunRepository(Clock clock) {
    this.clock = clock;
  }

  /** Serialises everything about a run until the transaction ends. */
  Uni<Void> lock(Mutiny.Session session, ProjectScope scope, UUID runId) {
    return session
        .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:run, 2))")
        .setParameter("run", scope.project() + "/" + runId)
        .getResultList()
        .replaceWithVoid();
  }

  /** The run, or null. */
  Uni<@Nullable RunOutput> find(Mutiny.Session session, ProjectScope scope, UUID runId) {
    return session
        .createQuery(
            "from RunEntity r where r.project = :project and r.runId = :run", RunEntity.class)
        .setParameter("project", scope.project())
        .setParameter("run", runId)
        .getSingleResultOrNull()
        .map(row -> row == null ? null : row.toRunOutput());
  }

  /** The runs that made these versions, in no order. */
  Uni<List<RunOutput>> ofVersions(
      Mutiny.Session session, ProjectScope scope, List<UUID> versionIds) {
    return session
        .createQuery(
            "from RunEntity r where r.project = :project and r.versionId in (:versions)",
            RunEntity.class)
        .setParameter("project", scope.project())
        .setParameter("versions", versionIds)
        .getResultList()
        .map(rows -> rows.stream().map(RunEntity::toRunOutput).toList());
  }

  Uni<Void> insert(
      Mutiny.Session session, ProjectScope scope, UUID versionId, ReservationRequest run) {
    RunEntity row =
        new RunEntity(
            run.checkedRunId(),
            scope.project(),
            versionId,
            run.checkedRequestedBy(),
            clock.instant());
    return session.persist(row).call(session::flush);
  }

  /** Records what ran, when the run completed. */
  Uni<Void> completed(Mutiny.Session session, ProjectScope scope, ProcessingCompleted event) {
    return session
        .createQuery(
            "from RunEntity r where r.project = :project and r.runId = :run", RunEntity.class)
        .setParameter("project", scope.project())
        .setParameter("run", event.runId())
        .getSingleResult()
        .invoke(row -> take(row, event))
        .replaceWithVoid();
  }

  private static void take(RunEntity row, ProcessingCompleted event) {
    row.attempt = event.attempt();
    row.rows = event.rows();
    if (event.program() != null) {
      row.image = event.program().image();
      row.pullPolicy = event.program().pullPolicy();
      row.entrypoint = event.program().entrypoint();
      row.submissionId = event.program().submissionId();
    }
  }
}
