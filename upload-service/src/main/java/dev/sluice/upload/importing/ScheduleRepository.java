package dev.sluice.upload.importing;

import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.media.DataType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of table {@code import_schedule}. */
@ApplicationScoped
class ScheduleRepository {
  private static final String COLUMNS =
      "s.id, s.project, s.dataset, s.data_type, s.sources, s.prefix, s.expand, s.every_seconds,"
          + " s.requested_by, cast(extract(epoch from s.created_at) * 1000 as bigint),"
          + " cast(extract(epoch from s.next_at) * 1000 as bigint)";

  Uni<Void> insert(Mutiny.Session session, ProjectScope scope, Schedule schedule) {
    ImportOrder order = schedule.order();
    return session
        .createNativeQuery(
            """
            insert into {h-schema}import_schedule (id, project, dataset, data_type, sources, prefix,
              expand, every_seconds, requested_by, created_at, next_at)
            values (:id, :project, :dataset, nullif(:type, ''), :sources, :prefix, :expand, :every,
              :by, :created, :next)
            """)
        .setParameter("id", schedule.id())
        .setParameter("project", scope.project())
        .setParameter("dataset", order.dataset())
        .setParameter("type", order.dataType().map(DataType::label).orElse(""))
        .setParameter("sources", Places.write(order.sources()))
        .setParameter("prefix", order.prefix())
        .setParameter("expand", order.expand())
        .setParameter("every", schedule.every().seconds())
        .setParameter("by", schedule.requestedBy())
        .setParameter("created", schedule.createdAt().atOffset(ZoneOffset.UTC))
        .setParameter("next", schedule.nextAt().atOffset(ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  /**
   * Takes the schedules that are due, each once for its period whoever asks: what is answered has
   * the time that was due. Periods that passed while nobody looked are left out.
   */
  Uni<List<Schedule>> takeDueAnyProject(Mutiny.Session session, Instant now, int limit) {
    return session
        .createNativeQuery(
            "with due as ("
                + "select s.id, s.next_at as was from {h-schema}import_schedule s"
                + " where s.deleted_at is null and s.next_at <= :now"
                + " order by s.next_at limit :limit for update skip locked), moved as ("
                + " update {h-schema}import_schedule s set next_at = d.was + make_interval(secs =>"
                + " s.every_seconds * (1 + floor(extract(epoch from cast(:now as timestamptz) -"
                + " d.was) / s.every_seconds))) from due d where d.id = s.id returning "
                + COLUMNS.replace("s.next_at", "d.was")
                + ") select * from moved",
            Object[].class)
        .setParameter("now", now.atOffset(ZoneOffset.UTC))
        .setParameter("limit", limit)
        .getResultList()
        .map(rows -> rows.stream().map(ScheduleRepository::schedule).toList());
  }

  /** Whether an import of the schedule has not ended yet. */
  Uni<Boolean> isBusy(Mutiny.Session session, ProjectScope scope, UUID id) {
    return session
        .createNativeQuery(
            """
            select 1 from {h-schema}import_job
            where project = :project and schedule_id = :id
              and state in ('requested', 'running', 'committing') limit 1
            """)
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .getResultList()
        .map(rows -> !rows.isEmpty());
  }

  Uni<List<Schedule>> page(Mutiny.Session session, ProjectScope scope, PageRequest page) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + """
                 from {h-schema}import_schedule s
                where s.project = :project and s.deleted_at is null and s.id > :after
                order by s.id limit :limit
                """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter(
            "after", page.after().isEmpty() ? new UUID(0, 0) : UUID.fromString(page.after()))
        .setParameter("limit", page.fetch())
        .getResultList()
        .map(rows -> rows.stream().map(ScheduleRepository::schedule).toList());
  }

  /** Whoever's it is: the caller must check its project. */
  Uni<Optional<Schedule>> findAnyProject(Mutiny.Session session, UUID id) {
    return session
        .createNativeQuery(
            "select "
                + COLUMNS
                + " from {h-schema}import_schedule s where s.id = :id and s.deleted_at is null",
            Object[].class)
        .setParameter("id", id)
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(ScheduleRepository::schedule));
  }

  Uni<Void> delete(Mutiny.Session session, ProjectScope scope, UUID id, Instant now) {
    return session
        .createNativeQuery(
            """
            update {h-schema}import_schedule set deleted_at = :now
            where id = :id and project = :project and deleted_at is null
            """)
        .setParameter("now", now.atOffset(ZoneOffset.UTC))
        .setParameter("id", id)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  private static Schedule schedule(Object[] row) {
    return new Schedule(
        (UUID) row[0],
        new ImportOrder(
            (String) row[1],
            (String) row[2],
            Optional.ofNullable((@Nullable String) row[3]).flatMap(DataType::named),
            Places.read((String) row[4]),
            (String) row[5],
            (Boolean) row[6]),
        new Period(java.time.Duration.ofSeconds(((Number) row[7]).longValue())),
        (String) row[8],
        Instant.ofEpochMilli(((Number) row[9]).longValue()),
        Instant.ofEpochMilli(((Number) row[10]).longValue()));
  }
}
