package dev.sluice.processing.run;

import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** SQL over runs; the methods for the watcher and the bus say that they cross projects. */
@ApplicationScoped
class RunRepository {
  private static final RunKey NEWEST =
      new RunKey(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1L, -1L));

  /** Writes a run unless its id is taken; whether it was written. */
  Uni<Boolean> insertIfAbsent(Mutiny.Session session, ProjectScope scope, Run run) {
    if (!scope.project().equals(run.project())) {
      throw new IllegalArgumentException(run.project() + " is not " + scope.project());
    }
    return session
        .find(RunEntity.class, run.id().value())
        .flatMap(
            known ->
                known != null
                    ? Uni.createFrom().item(false)
                    : session.persist(RunColumns.fresh(run)).replaceWith(true));
  }

  /** The run whose output a version is; empty when there is none. */
  Uni<Optional<UUID>> makerOf(
      Mutiny.Session session, ProjectScope scope, UUID datasetId, String version) {
    return session
        .createSelectionQuery(
            """
            select r.id from RunEntity r
            where r.project = :project and r.outputDatasetId = :dataset
              and r.outputVersion = :version and r.state = 'succeeded'
            """,
            UUID.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", datasetId)
        .setParameter("version", version)
        .getResultList()
        .map(ids -> ids.stream().findFirst());
  }

  Uni<@Nullable RunEntity> findAnyProject(Mutiny.Session session, RunId id) {
    return session.find(RunEntity.class, id.value());
  }

  /** The row, locked to the end of the transaction. */
  Uni<@Nullable RunEntity> lockAnyProject(Mutiny.Session session, RunId id) {
    return session.find(RunEntity.class, id.value(), LockMode.PESSIMISTIC_WRITE);
  }

  /** One page, newest first. */
  Uni<List<RunEntity>> list(
      Mutiny.Session session, ProjectScope scope, @Nullable String state, PageRequest page) {
    RunKey after = page.after().isEmpty() ? NEWEST : RunKey.parse(page.after());
    return session
        .createSelectionQuery(
            """
            from RunEntity r
            where r.project = :project
              and (:anyState = true or r.state = :state)
              and (r.createdAt < :at or (r.createdAt = :at and r.id < :id))
            order by r.createdAt desc, r.id desc
            """,
            RunEntity.class)
        .setParameter("project", scope.project())
        .setParameter("anyState", state == null)
        .setParameter("state", state == null ? "" : state)
        .setParameter("at", after.createdAt())
        .setParameter("id", after.id())
        .setMaxResults(page.fetch())
        .getResultList();
  }

  /** Claims runs that are due and that no other replica works on. */
  Uni<List<RunEntity>> claimDueAnyProject(Mutiny.Session session, UUID holder, RunConfig config) {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    return session
        .createNativeQuery(
            """
            update {h-schema}run set lease_owner = :holder, lease_until = :until
            where id in (
              select id from {h-schema}run
              where next_check_at <= :now and (lease_until is null or lease_until < :now)
              order by next_check_at limit :most for update skip locked)
            returning id
            """,
            UUID.class)
        .setParameter("holder", holder)
        .setParameter("until", now.plus(config.lease()))
        .setParameter("now", now)
        .setParameter("most", config.batch())
        .getResultList()
        .flatMap(ids -> byIdsAnyProject(session, ids));
  }

  private static Uni<List<RunEntity>> byIdsAnyProject(Mutiny.Session session, List<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return session
        .createSelectionQuery("from RunEntity r where r.id in :ids", RunEntity.class)
        .setParameter("ids", ids)
        .getResultList();
  }

  /** How many runs are in each state that still changes. */
  Uni<List<Object[]>> countActiveAnyProject(Mutiny.Session session) {
    return session
        .createSelectionQuery(
            """
            select r.state, count(r) from RunEntity r
            where r.state in ('requested', 'submitted', 'running', 'committing')
            group by r.state
            """,
            Object[].class)
        .getResultList();
  }

  Uni<@Nullable AttemptEntity> attempt(Mutiny.Session session, String submissionId) {
    return session.find(AttemptEntity.class, submissionId);
  }

  /** Keeps the files a run reads. */
  Uni<Void> saveInput(Mutiny.Session session, RunId id, String files, String code) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}run_input (run_id, files, code) values (:id, :files, :code)
            on conflict (run_id) do update set files = excluded.files, code = excluded.code
            """)
        .setParameter("id", id.value())
        .setParameter("files", files)
        .setParameter("code", code)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The files a run reads, as {@link #saveInput} got them. */
  Uni<String> input(Mutiny.Session session, RunId id) {
    return session
        .createNativeQuery("select files from {h-schema}run_input where run_id = :id", String.class)
        .setParameter("id", id.value())
        .getSingleResult();
  }

  /** The files of a run's working directory, a JSON list. */
  Uni<String> code(Mutiny.Session session, RunId id) {
    return session
        .createNativeQuery("select code from {h-schema}run_input where run_id = :id", String.class)
        .setParameter("id", id.value())
        .getSingleResult();
  }

  /** Position in the list of runs. */
  record RunKey(Instant createdAt, UUID id) {
    static RunKey of(RunEntity row) {
      return new RunKey(row.createdAt, row.id);
    }

    static RunKey parse(String text) {
      int split = text.indexOf('|');
      return new RunKey(
          Instant.parse(text.substring(0, split)), UUID.fromString(text.substring(split + 1)));
    }

    @Override
    public String toString() {
      return createdAt + "|" + id;
    }
  }
}
