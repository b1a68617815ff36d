package dev.sluice.processing.run;

import dev.sluice.processing.run.RunAdmissionService.PlacesTaken;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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
  private static final int MOST_CANDIDATES = 10;
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
              and r.reusedFrom is null
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

  /**
   * Gives free places to waiting runs, in one statement that any number of replicas may run at
   * once: the key of a place lets one of them have it. Priority goes first, raised by age; then the
   * project with fewer places, then the older run.
   */
  Uni<Void> admitAnyProject(Mutiny.Session session, int places, Duration agesEvery) {
    return session
        .createNativeQuery(
            """
            with free as (
              select n as number, row_number() over (order by n) as turn
              from generate_series(1, :places) n
              where not exists (select from {h-schema}run_place p where p.number = n)),
            waiting as (
              select r.id, r.project, r.created_at,
                r.priority + floor(extract(epoch from :now - r.created_at) / :ages) as level
              from {h-schema}run r
              where r.state = 'requested' and r.recipe_digest is not null
                and r.cancel_requested_by is null and (r.retry_at is null or r.retry_at <= :now)
                and not exists (select from {h-schema}run_place p where p.run_id = r.id)),
            shared as (
              select w.*, row_number() over (
                  partition by w.project, w.level order by w.created_at, w.id)
                + (select count(*) from {h-schema}run_place p
                   join {h-schema}run h on h.id = p.run_id where h.project = w.project) as share
              from waiting w),
            next as (
              select id, row_number() over (order by level desc, share, created_at, id) as turn
              from shared),
            placed as (
              insert into {h-schema}run_place (number, run_id, since)
              select free.number, next.id, :now from free join next using (turn)
              on conflict do nothing returning run_id)
            update {h-schema}run set next_check_at = :now
            where id in (select run_id from placed)
            """)
        .setParameter("places", places)
        .setParameter("ages", (double) agesEvery.toMillis() / 1_000)
        .setParameter("now", OffsetDateTime.now(ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<PlacesTaken> placesTakenAnyProject(Mutiny.Session session, RunId id) {
    return session
        .createNativeQuery(
            """
            select count(*), coalesce(bool_or(run_id = :id), false) from {h-schema}run_place
            """,
            Object[].class)
        .setParameter("id", id.value())
        .getSingleResult()
        .map(row -> new PlacesTaken(((Number) row[0]).longValue(), Boolean.TRUE.equals(row[1])));
  }

  /** Succeeded runs that made their output of the same input by the same recipe. */
  Uni<List<RunEntity>> sameRecipe(Mutiny.Session session, Run run) {
    return session
        .createSelectionQuery(
            """
            from RunEntity r
            where r.project = :project and r.state = 'succeeded' and r.recipeDigest = :recipe
              and r.inputDigest = :input and r.outputManifestKey is not null and r.id <> :id
            order by r.finishedAt desc
            """,
            RunEntity.class)
        .setParameter("project", run.project())
        .setParameter("recipe", run.details().recipeDigest())
        .setParameter("input", run.details().inputDigest())
        .setParameter("id", run.id().value())
        .setMaxResults(MOST_CANDIDATES)
        .getResultList();
  }

  /** Takes its place from a run, if it has one. */
  Uni<Void> leavePlace(Mutiny.Session session, RunId id) {
    return session
        .createNativeQuery("delete from {h-schema}run_place where run_id = :id")
        .setParameter("id", id.value())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Keeps what a dry run's attempt found; the newest attempt's stays. */
  Uni<Void> saveSample(Mutiny.Session session, RunId id, int attempt, String sample) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}run_sample as s (run_id, attempt, sample)
            values (:id, :attempt, :sample)
            on conflict (run_id) do update set attempt = excluded.attempt, sample = excluded.sample
            where s.attempt <= excluded.attempt
            """)
        .setParameter("id", id.value())
        .setParameter("attempt", attempt)
        .setParameter("sample", sample)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** What the run's attempt found, a list of at most one. */
  Uni<List<String>> sampleAnyProject(Mutiny.Session session, RunId id, int attempt) {
    return session
        .createNativeQuery(
            """
            select sample from {h-schema}run_sample where run_id = :id and attempt = :attempt
            """,
            String.class)
        .setParameter("id", id.value())
        .setParameter("attempt", attempt)
        .getResultList();
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
