package dev.sluice.catalog.lineage;

import dev.sluice.events.ImportEvent.Origin;
import dev.sluice.events.ProcessingEvent.ProcessingCompleted;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
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
        .createNativeQuery(
            """
            with near as (
              select cast(n as uuid) as id from unnest(string_to_array(:versions, ',')) n)
            select r.* from near join {h-schema}run_output r
              on r.version_id = near.id and r.project = :project
            """,
            RunEntity.class)
        .setParameter("project", scope.project())
        .setParameter(
            "versions", versionIds.stream().map(UUID::toString).collect(Collectors.joining(",")))
        .getResultList()
        .map(rows -> rows.stream().map(RunEntity::toRunOutput).toList());
  }

  /** Keeps the draft of a run; one that is tried again has a newer one from now on. */
  Uni<Void> put(
      Mutiny.Session session, ProjectScope scope, UUID versionId, ReservationRequest run) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}run_output
              (run_id, project, version_id, requested_by, reserved_at)
            values (:id, :project, :version, :by, :at)
            on conflict (run_id) do update
            set version_id = excluded.version_id, reserved_at = excluded.reserved_at
            where run_output.project = excluded.project
            """)
        .setParameter("id", run.checkedRunId())
        .setParameter("project", scope.project())
        .setParameter("version", versionId)
        .setParameter("by", run.checkedRequestedBy())
        .setParameter("at", clock.instant().atOffset(ZoneOffset.UTC))
        .executeUpdate()
        .invoke(rows -> refuseTaken(rows, run))
        .replaceWithVoid();
  }

  private static void refuseTaken(int rows, ReservationRequest run) {
    if (rows == 0) {
      throw InvalidRequest.of("runId", run.checkedRunId(), "an id of this project").exception();
    }
  }

  /** Records where the files of an import came from. */
  Uni<Void> imported(Mutiny.Session session, ProjectScope scope, UUID id, List<Origin> sources) {
    return session
        .createNativeQuery(
            """
            update {h-schema}run_output set sources = :sources
            where project = :project and run_id = :id
            """)
        .setParameter("sources", String.valueOf(StoredJson.write(sources)))
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Records what ran, when the run completed. */
  Uni<Void> completed(
      Mutiny.Session session,
      ProjectScope scope,
      ProcessingCompleted event,
      OutputManifest output) {
    return session
        .createQuery(
            "from RunEntity r where r.project = :project and r.runId = :run", RunEntity.class)
        .setParameter("project", scope.project())
        .setParameter("run", event.runId())
        .getSingleResult()
        .invoke(row -> take(row, event, output))
        .replaceWithVoid();
  }

  private static void take(RunEntity row, ProcessingCompleted event, OutputManifest output) {
    row.attempt = event.attempt();
    row.rows = event.rows();
    row.rayVersion = output.rayVersion();
    row.columns = output.columns().isEmpty() ? null : StoredJson.write(output.columns());
    if (event.program() != null) {
      row.image = event.program().image();
      row.pullPolicy = event.program().pullPolicy();
      row.entrypoint = event.program().entrypoint();
      row.submissionId = event.program().submissionId();
      row.entrypointDigest = event.program().entrypointDigest();
      row.operators = StoredJson.write(event.program().operators());
      row.parameters = StoredJson.write(event.program().parameters());
    }
  }
}
