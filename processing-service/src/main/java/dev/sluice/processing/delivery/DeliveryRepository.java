package dev.sluice.processing.delivery;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.delivery.DeliveryService.Sealed;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.tracing.TraceContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table delivery. */
@ApplicationScoped
class DeliveryRepository {
  private static final String COLUMNS =
      """
      d.id, d.run_id, d.position, d.project, d.kind, d.url, d.secret_ref, d.dataset_id, d.dataset,
      d.version, d.state, d.files, d.files_total, d.bytes, d.bytes_total, d.reason_code, d.reason,
      d.claim, d.tries, d.created_at, d.ended_at
      """;

  /** Writes a delivery down, once for each place in a run's list. */
  Uni<Void> insert(
      Mutiny.Session session, ProjectScope scope, Sealed sealed, int position, Target target) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}delivery (id, run_id, position, project, kind, url, secret_ref,
              dataset_id, dataset, version, traceparent)
            values (:id, :run, :position, :project, :kind, :url, nullif(:secret, ''),
              :datasetId, :dataset, :version, :trace)
            on conflict (run_id, position) do nothing
            """)
        .setParameter("id", UUID.randomUUID())
        .setParameter("run", sealed.runId())
        .setParameter("position", position)
        .setParameter("project", scope.project())
        .setParameter("kind", target.kind().text())
        .setParameter("url", target.url())
        .setParameter("secret", Objects.requireNonNullElse(target.secretRef(), ""))
        .setParameter("datasetId", sealed.datasetId())
        .setParameter("dataset", sealed.version().dataset())
        .setParameter("version", sealed.version().version())
        .setParameter("trace", TraceContext.current())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The deliveries of a run in the order of its manifest. */
  Uni<List<Delivery>> ofRun(Mutiny.Session session, ProjectScope scope, UUID run) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                from {h-schema}delivery d where d.run_id = :run and d.project = :project
                order by d.position
                """,
            Object[].class)
        .setParameter("run", run)
        .setParameter("project", scope.project())
        .getResultList()
        .map(rows -> rows.stream().map(DeliveryRepository::toDelivery).toList());
  }

  /** Claims what is due and nobody works on. */
  Uni<List<Delivery>> claimAnyProject(Mutiny.Session session, Duration lease, int limit) {
    return session
        .createNativeQuery(
            """
            with due as (
              select id from {h-schema}delivery
              where state = 'pending' and next_at <= now()
                and (claimed_until is null or claimed_until < now())
              order by next_at limit :limit for update skip locked)
            update {h-schema}delivery d
            set claim = d.claim + 1, claimed_until = :until
            from due where d.id = due.id
            returning
            """
                + COLUMNS,
            Object[].class)
        .setParameter("until", at(Instant.now().plus(lease)))
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(DeliveryRepository::toDelivery).toList());
  }

  /** Writes progress down and renews the claim; false when somebody else has taken over. */
  Uni<Boolean> renew(
      Mutiny.Session session, ProjectScope scope, Delivery held, Sums sums, Duration lease) {
    return session
        .createNativeQuery(
            """
            update {h-schema}delivery
            set claimed_until = :until, files = :files, files_total = :filesTotal,
              bytes = :bytes, bytes_total = :bytesTotal
            where id = :id and project = :project and claim = :claim and state = 'pending'
            """)
        .setParameter("until", at(Instant.now().plus(lease)))
        .setParameter("files", sums.files())
        .setParameter("filesTotal", sums.filesTotal())
        .setParameter("bytes", sums.bytes())
        .setParameter("bytesTotal", sums.bytesTotal())
        .setParameter("id", held.id())
        .setParameter("project", scope.project())
        .setParameter("claim", held.claim())
        .executeUpdate()
        .map(rows -> rows > 0);
  }

  /** Writes down what came of a try; false when somebody else has taken over. */
  Uni<Boolean> record(Mutiny.Session session, ProjectScope scope, Delivery held, Next next) {
    return session
        .createNativeQuery(
            """
            update {h-schema}delivery
            set state = :state, reason_code = nullif(:code, ''), reason = nullif(:reason, ''),
              tries = tries + :tries, claimed_until = null, next_at = :next,
              files = :files, files_total = :filesTotal, bytes = :bytes, bytes_total = :bytesTotal,
              ended_at = case when :state = 'pending' then null else now() end
            where id = :id and project = :project and claim = :claim and state = 'pending'
            """)
        .setParameter("state", next.state())
        .setParameter("code", next.code())
        .setParameter("reason", next.reason())
        .setParameter("tries", next.counts() ? 1 : 0)
        .setParameter("next", at(next.at()))
        .setParameter("files", next.sums().files())
        .setParameter("filesTotal", next.sums().filesTotal())
        .setParameter("bytes", next.sums().bytes())
        .setParameter("bytesTotal", next.sums().bytesTotal())
        .setParameter("id", held.id())
        .setParameter("project", scope.project())
        .setParameter("claim", held.claim())
        .executeUpdate()
        .map(rows -> rows > 0);
  }

  /** Begins a failed delivery anew; 0 when there is none that failed. */
  Uni<Integer> retry(Mutiny.Session session, ProjectScope scope, UUID run, UUID id) {
    return session
        .createNativeQuery(
            """
            update {h-schema}delivery
            set state = 'pending', tries = 0, next_at = now(), ended_at = null
            where project = :project and run_id = :run and id = :id and state = 'failed'
            """)
        .setParameter("project", scope.project())
        .setParameter("run", run)
        .setParameter("id", id)
        .executeUpdate();
  }

  private static Delivery toDelivery(@Nullable Object[] row) {
    return new Delivery(
        (UUID) known(row[0]),
        (UUID) known(row[1]),
        (int) number(row[2]),
        known(row[3]).toString(),
        new Target(
            Target.Kind.of(known(row[4]).toString()), known(row[5]).toString(), (String) row[6]),
        (UUID) known(row[7]),
        new VersionRef(known(row[8]).toString(), known(row[9]).toString()),
        known(row[10]).toString(),
        number(row[11]),
        row[12] == null ? null : number(row[12]),
        number(row[13]),
        row[14] == null ? null : number(row[14]),
        (String) row[15],
        (String) row[16],
        (int) number(row[17]),
        (int) number(row[18]),
        instant(known(row[19])),
        row[20] == null ? null : instant(known(row[20])));
  }

  private static long number(@Nullable Object column) {
    return ((Number) known(column)).longValue();
  }

  private static Object known(@Nullable Object column) {
    return Objects.requireNonNull(column);
  }

  private static Instant instant(Object column) {
    return column instanceof OffsetDateTime o ? o.toInstant() : (Instant) column;
  }

  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** How far a try is. */
  record Sums(long files, long filesTotal, long bytes, long bytesTotal) {}

  /**
   * What follows a try.
   *
   * @param counts whether it was one that the place is to blame for
   */
  record Next(String state, String code, String reason, boolean counts, Instant at, Sums sums) {}
}
