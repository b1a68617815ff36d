package dev.sluice.processing.automation;

import dev.sluice.processing.automation.TriggerView.FiringView;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Tables trigger_firing and run_origin. */
@ApplicationScoped
class FiringRepository {

  /** Takes an occasion for a trigger; false when it has been taken. */
  Uni<Boolean> take(
      Mutiny.Session session, ProjectScope scope, Trigger trigger, Occasion occasion) {
    if (!scope.project().equals(trigger.project())) {
      throw new IllegalArgumentException(trigger.project() + " is not " + scope.project());
    }
    return session
        .createNativeQuery(
            """
            insert into {h-schema}trigger_firing (trigger_id, occasion, outcome)
            values (:trigger, :occasion, 'started')
            on conflict (trigger_id, occasion) do nothing
            """)
        .setParameter("trigger", trigger.id())
        .setParameter("occasion", occasion.key())
        .executeUpdate()
        .map(rows -> rows > 0);
  }

  /** Writes down what came of an occasion that was taken. */
  Uni<Void> record(
      Mutiny.Session session, ProjectScope scope, Trigger trigger, Occasion occasion, Came came) {
    return session
        .createNativeQuery(
            """
            update {h-schema}trigger_firing f
            set outcome = :outcome, reason = nullif(:reason, ''),
              run_id = cast(nullif(:run, '') as uuid)
            where f.trigger_id = :trigger and f.occasion = :occasion and exists (
              select 1 from {h-schema}run_trigger t
              where t.id = f.trigger_id and t.project = :project)
            """)
        .setParameter("outcome", came.outcome())
        .setParameter("reason", came.reason())
        .setParameter("run", came.run() == null ? "" : came.run().toString())
        .setParameter("trigger", trigger.id())
        .setParameter("occasion", occasion.key())
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** What a trigger did, newest first. */
  Uni<List<FiringView>> history(
      Mutiny.Session session, ProjectScope scope, UUID trigger, PageRequest page) {
    return session
        .createNativeQuery(
            """
            select f.id, f.occasion, f.at, f.outcome, f.reason, f.run_id
            from {h-schema}trigger_firing f
            join {h-schema}run_trigger t on t.id = f.trigger_id and t.project = :project
            where f.trigger_id = :trigger and f.id < :before
            order by f.id desc limit :limit
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("trigger", trigger)
        .setParameter(
            "before", page.after().isEmpty() ? Long.MAX_VALUE : Long.parseLong(page.after()))
        .setParameter("limit", page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(FiringRepository::toView).toList());
  }

  /** The triggers that led to a run, the oldest first. */
  Uni<List<UUID>> chainAnyProject(Mutiny.Session session, UUID run) {
    return session
        .createNativeQuery(
            "select chain from {h-schema}run_origin where run_id = :run", String.class)
        .setParameter("run", run)
        .getResultList()
        .map(
            rows ->
                rows.isEmpty()
                    ? List.of()
                    : Arrays.stream(rows.getFirst().split(",", -1)).map(UUID::fromString).toList());
  }

  /** Writes down which triggers led to a run. */
  Uni<Void> saveChain(Mutiny.Session session, ProjectScope scope, UUID run, List<UUID> chain) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}run_origin (run_id, chain)
            select r.id, :chain from {h-schema}run r where r.id = :run and r.project = :project
            on conflict (run_id) do nothing
            """)
        .setParameter("chain", chain.stream().map(UUID::toString).collect(Collectors.joining(",")))
        .setParameter("run", run)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  private static FiringView toView(@Nullable Object[] row) {
    Object at = Objects.requireNonNull(row[2]);
    return new FiringView(
        ((Number) Objects.requireNonNull(row[0])).longValue(),
        String.valueOf(row[1]),
        at instanceof OffsetDateTime o ? o.toInstant() : (Instant) at,
        String.valueOf(row[3]),
        (String) row[4],
        (UUID) row[5]);
  }

  /** What came of an occasion. */
  record Came(String outcome, String reason, @Nullable UUID run) {
    static Came started(UUID run) {
      return new Came("started", "", run);
    }

    static Came cut(String why) {
      return new Came("cut", why, null);
    }

    static Came refused(String why) {
      return new Came("refused", why, null);
    }
  }
}
