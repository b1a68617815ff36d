package dev.sluice.catalog.trash;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Removes the rows of datasets that leave the trash. */
@ApplicationScoped
class PurgeRepository {
  /** What hangs on versions besides their files, in an order that no reference forbids. */
  private static final List<String> OF_VERSIONS =
      List.of(
          "pending_file",
          "settled_upload",
          "version_index",
          "version_input",
          "version_upload",
          "run_output");

  /**
   * Locks a dataset that was deleted before {@code due} or whose purge began, and marks its purge
   * as begun; empty when there is none that no other replica works on.
   */
  Uni<Optional<Doomed>> takeAnyProject(Mutiny.Session session, Instant due, Instant now) {
    return session
        .createNativeQuery(
            """
            update {h-schema}dataset set purge_started_at = coalesce(purge_started_at, :now)
            where id = (
              select id from {h-schema}dataset
              where deleted_at is not null and purged_at is null
                and (deleted_at < :due or purge_started_at is not null)
              order by deleted_at limit 1 for update skip locked)
            returning id, project, name, last_number
            """,
            Object[].class)
        .setParameter("due", OffsetDateTime.ofInstant(due, ZoneOffset.UTC))
        .setParameter("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .getResultList()
        .map(rows -> rows.stream().findFirst().map(PurgeRepository::toDoomed));
  }

  /**
   * Removes at most {@code limit} rows of what the dataset's versions contain; 0 when nothing is
   * left. Nodes of trees are shared with other versions: the garbage collector knows which are of
   * no use any more. Whoever stores the files of versions in another way changes this one method.
   */
  Uni<Integer> removeContent(Mutiny.Session session, ProjectScope scope, UUID dataset, int limit) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}draft_change where ctid = any(array(
              select c.ctid from {h-schema}draft_change c
              join {h-schema}dataset_version v on v.id = c.version_id
              where v.dataset_id = :dataset and v.project = :project limit :limit))
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset)
        .setParameter("limit", limit)
        .executeUpdate();
  }

  /** Removes the versions; those that versions of other datasets were made from stay as names. */
  Uni<Void> removeVersions(Mutiny.Session session, ProjectScope scope, UUID dataset) {
    Uni<Integer> removed = Uni.createFrom().item(0);
    for (String table : OF_VERSIONS) {
      removed =
          removed.chain(
              () ->
                  on(
                      session,
                      scope,
                      dataset,
                      """
                      delete from {h-schema}%s where version_id in (
                        select id from {h-schema}dataset_version
                        where dataset_id = :dataset and project = :project)
                      """
                          .formatted(table)));
    }
    return removed
        .chain(() -> onDataset(session, scope, dataset, "version_name_move"))
        .chain(() -> onDataset(session, scope, dataset, "version_name"))
        .chain(
            () ->
                on(
                    session,
                    scope,
                    dataset,
                    """
                    delete from {h-schema}dataset_version v
                    where v.dataset_id = :dataset and v.project = :project and not exists (
                      select 1 from {h-schema}version_input i where i.input_version_id = v.id)
                    """))
        .replaceWithVoid();
  }

  /** Removes the dataset, or all that people wrote about it where versions stay as names. */
  Uni<Void> removeDataset(Mutiny.Session session, ProjectScope scope, Doomed doomed, Instant now) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}purged_name (project, name, last_number)
            values (:project, :name, :last)
            on conflict (project, name) do update
            set last_number = greatest(purged_name.last_number, excluded.last_number)
            """)
        .setParameter("project", scope.project())
        .setParameter("name", doomed.name())
        .setParameter("last", doomed.lastNumber())
        .executeUpdate()
        .chain(
            () ->
                on(
                    session,
                    scope,
                    doomed.id(),
                    """
                    delete from {h-schema}dataset d
                    where d.id = :dataset and d.project = :project and not exists (
                      select 1 from {h-schema}dataset_version v where v.dataset_id = d.id)
                    """))
        .chain(() -> forget(session, scope, doomed, now));
  }

  private static Uni<Void> forget(
      Mutiny.Session session, ProjectScope scope, Doomed doomed, Instant now) {
    return session
        .createNativeQuery(
            """
            update {h-schema}dataset
            set purged_at = :now, display_name = name, application_scenario = null,
                description = null, tags = '{}', licence = null, card = ''
            where id = :dataset and project = :project
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", doomed.id())
        .setParameter("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  private static Uni<Integer> onDataset(
      Mutiny.Session session, ProjectScope scope, UUID dataset, String table) {
    return on(
        session,
        scope,
        dataset,
        "delete from {h-schema}" + table + " where dataset_id = :dataset and project = :project");
  }

  private static Uni<Integer> on(
      Mutiny.Session session, ProjectScope scope, UUID dataset, String sql) {
    return session
        .createNativeQuery(sql)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset)
        .executeUpdate();
  }

  private static Doomed toDoomed(Object[] row) {
    return new Doomed(
        (UUID) row[0], (String) row[1], (String) row[2], ((Number) row[3]).intValue());
  }

  /** A dataset on its way out. */
  record Doomed(UUID id, String project, String name, int lastNumber) {}
}
