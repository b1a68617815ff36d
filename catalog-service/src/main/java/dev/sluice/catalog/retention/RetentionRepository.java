package dev.sluice.catalog.retention;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Table {@code retention_rule}, and what rules look at. */
@ApplicationScoped
class RetentionRepository {

  Uni<Optional<RetentionRule>> find(Mutiny.Session session, ProjectScope scope, UUID dataset) {
    return session
        .createNativeQuery(
            """
            select keep_last, keep_days, keep_released from {h-schema}retention_rule
            where dataset_id = :dataset and project = :project
            """,
            Object[].class)
        .setParameter("dataset", dataset)
        .setParameter("project", scope.project())
        .getSingleResultOrNull()
        .map(row -> Optional.ofNullable(row).map(RetentionRepository::rule));
  }

  Uni<Void> put(Mutiny.Session session, ProjectScope scope, Setting of) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}retention_rule
              (dataset_id, project, keep_last, keep_days, keep_released, set_by, set_at, looked_at)
            values (:dataset, :project, nullif(:last, 0), nullif(:days, 0), :released, :by, :at,
              'epoch')
            on conflict (dataset_id) do update
            set keep_last = excluded.keep_last, keep_days = excluded.keep_days,
                keep_released = excluded.keep_released, set_by = excluded.set_by,
                set_at = excluded.set_at, looked_at = excluded.looked_at
            """)
        .setParameter("dataset", of.dataset())
        .setParameter("project", scope.project())
        .setParameter("last", number(of.rule().keepLast()))
        .setParameter("days", number(of.rule().keepDays()))
        .setParameter("released", of.rule().keepsReleased())
        .setParameter("by", of.by())
        .setParameter("at", of.at().atOffset(ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Integer> remove(Mutiny.Session session, ProjectScope scope, UUID dataset) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}retention_rule
            where dataset_id = :dataset and project = :project
            """)
        .setParameter("dataset", dataset)
        .setParameter("project", scope.project())
        .executeUpdate();
  }

  /** A dataset whose rule was not looked at since then; nobody else takes it meanwhile. */
  Uni<Optional<Due>> takeAnyProject(Mutiny.Session session, Instant before, Instant now) {
    return session
        .createNativeQuery(
            """
            update {h-schema}retention_rule set looked_at = :now
            where dataset_id = (
              select r.dataset_id from {h-schema}retention_rule r
              join {h-schema}dataset d on d.id = r.dataset_id and d.deleted_at is null
              where r.looked_at < :before
              order by r.looked_at limit 1 for update of r skip locked)
            returning dataset_id, project
            """,
            Object[].class)
        .setParameter("before", before.atOffset(ZoneOffset.UTC))
        .setParameter("now", now.atOffset(ZoneOffset.UTC))
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(row -> new Due((UUID) row[0], String.valueOf(row[1]))));
  }

  /** Versions of a dataset that are sealed, released or withdrawn, the newest first. */
  Uni<List<Candidate>> candidates(Mutiny.Session session, ProjectScope scope, UUID dataset) {
    return session
        .createNativeQuery(
            """
            select v.id, v.number, v.state, v.files, v.bytes,
              count(*) filter (where v.state <> 'withdrawn') over (order by v.number desc),
              v.sealed_at, coalesce(v.state_at, v.sealed_at),
              (select string_agg(n.kind || ' ' || n.name, ',' order by n.name)
               from {h-schema}version_name n
               where n.dataset_id = v.dataset_id and n.number = v.number),
              (select string_agg(distinct 'draft ' || d.name || '@v' || w.number, ',')
               from {h-schema}dataset_version w join {h-schema}dataset d on d.id = w.dataset_id
               where w.state = 'draft' and w.project = :project and (
                 (w.dataset_id = v.dataset_id and w.inherited_from = v.number)
                 or exists (select 1 from {h-schema}version_input i
                   where i.version_id = w.id and i.input_version_id = v.id)))
            from {h-schema}dataset_version v
            where v.dataset_id = :dataset and v.project = :project
              and v.state in ('sealed', 'released', 'withdrawn')
            order by v.number desc
            """,
            Object[].class)
        .setParameter("dataset", dataset)
        .setParameter("project", scope.project())
        .getResultList()
        .map(rows -> rows.stream().map(RetentionRepository::candidate).toList());
  }

  private static Candidate candidate(@Nullable Object[] row) {
    return new Candidate(
        (UUID) known(row[0]),
        number(row[1]),
        known(row[2]).toString(),
        ((Number) known(row[3])).longValue(),
        ((Number) known(row[4])).longValue(),
        number(row[5]),
        instant(known(row[6])),
        instant(known(row[7])),
        words(row[8]),
        words(row[9]));
  }

  private static RetentionRule rule(@Nullable Object[] row) {
    return new RetentionRule((Integer) row[0], (Integer) row[1], (Boolean) row[2]);
  }

  private static List<String> words(@Nullable Object joined) {
    return joined == null ? List.of() : Arrays.asList(joined.toString().split(","));
  }

  private static int number(@Nullable Object column) {
    return column == null ? 0 : ((Number) column).intValue();
  }

  private static Object known(@Nullable Object column) {
    return Objects.requireNonNull(column);
  }

  private static Instant instant(Object column) {
    return column instanceof OffsetDateTime o ? o.toInstant() : (Instant) column;
  }

  /** A rule as somebody set it. */
  record Setting(UUID dataset, RetentionRule rule, String by, Instant at) {}

  /** A dataset whose rule is due. */
  record Due(UUID dataset, String project) {}
}
