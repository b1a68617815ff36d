package dev.sluice.catalog.alias;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.version.VersionNumber;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Tables {@code version_name} and {@code version_name_move}. */
@ApplicationScoped
class AliasRepository {
  private static final int NONE = 0;

  Uni<Optional<VersionName>> find(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, String name) {
    return session
        .createNativeQuery(
            """
            select name, kind, number, revision, moved_by, moved_at from {h-schema}version_name
            where project = :project and dataset_id = :dataset and name = :name
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("name", name)
        .getSingleResultOrNull()
        .map(row -> Optional.ofNullable(row).map(AliasRepository::toName));
  }

  /** All names of a kind, in their order; few, since people give them. */
  Uni<List<VersionName>> list(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, NameKind kind) {
    return session
        .createNativeQuery(
            """
            select name, kind, number, revision, moved_by, moved_at from {h-schema}version_name
            where project = :project and dataset_id = :dataset and kind = :kind
            order by name
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("kind", kind.text())
        .getResultList()
        .map(rows -> rows.stream().map(AliasRepository::toName).toList());
  }

  Uni<Void> put(Mutiny.Session session, ProjectScope scope, DatasetId dataset, VersionName name) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}version_name
              (dataset_id, project, name, kind, number, revision, moved_by, moved_at)
            values (:dataset, :project, :name, :kind, :number, :revision, :by, :at)
            on conflict (dataset_id, name) do update
            set number = excluded.number, revision = excluded.revision,
                moved_by = excluded.moved_by, moved_at = excluded.moved_at
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("name", name.name())
        .setParameter("kind", name.kind().text())
        .setParameter("number", name.number().value())
        .setParameter("revision", name.revision())
        .setParameter("by", name.movedBy())
        .setParameter("at", at(name.movedAt()))
        .executeUpdate()
        .replaceWithVoid();
  }

  Uni<Void> remove(Mutiny.Session session, ProjectScope scope, DatasetId dataset, String name) {
    return session
        .createNativeQuery(
            """
            delete from {h-schema}version_name
            where project = :project and dataset_id = :dataset and name = :name
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("name", name)
        .executeUpdate()
        .replaceWithVoid();
  }

  /** How often the name was moved, removals counted: revisions never come again. */
  Uni<Integer> moves(Mutiny.Session session, ProjectScope scope, DatasetId dataset, String name) {
    return session
        .createNativeQuery(
            """
            select cast(count(*) as integer) from {h-schema}version_name_move
            where project = :project and dataset_id = :dataset and name = :name
            """,
            Integer.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("name", name)
        .getSingleResult();
  }

  Uni<Void> addMove(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, String name, Moved move) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}version_name_move
              (dataset_id, project, name, from_number, to_number, moved_by, moved_at, reason)
            values (:dataset, :project, :name, nullif(:from, 0), nullif(:to, 0), :by, :at,
              nullif(:reason, ''))
            """)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("name", name)
        .setParameter("from", numberOf(move.from()))
        .setParameter("to", numberOf(move.to()))
        .setParameter("by", scope.caller())
        .setParameter("at", at(move.at()))
        .setParameter("reason", move.reason() == null ? "" : move.reason())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Moves of a name before an id, newest first. */
  Uni<List<AliasView.Move>> history(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, String name, Before before) {
    return session
        .createNativeQuery(
            """
            select id, from_number, to_number, moved_by, moved_at, reason
            from {h-schema}version_name_move
            where project = :project and dataset_id = :dataset and name = :name and id < :before
            order by id desc limit :limit
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("name", name)
        .setParameter("before", before.id())
        .setParameter("limit", before.limit())
        .getResultList()
        .map(rows -> rows.stream().map(AliasRepository::toMove).toList());
  }

  /** Names of aliases that point at the version. */
  Uni<List<String>> aliasesOf(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, VersionNumber number) {
    return session
        .createNativeQuery(
            """
            select name from {h-schema}version_name
            where project = :project and dataset_id = :dataset and number = :number
              and kind = 'alias'
            order by name
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("dataset", dataset.value())
        .setParameter("number", number.value())
        .getResultList();
  }

  private static VersionName toName(Object[] row) {
    return new VersionName(
        (String) row[0],
        NameKind.of((String) row[1]),
        new VersionNumber(((Number) row[2]).intValue()),
        ((Number) row[3]).intValue(),
        (String) row[4],
        instant(row[5]));
  }

  private static AliasView.Move toMove(@Nullable Object[] row) {
    return new AliasView.Move(
        ((Number) Objects.requireNonNull(row[0])).longValue(),
        row[1] == null ? null : "v" + row[1],
        row[2] == null ? null : "v" + row[2],
        String.valueOf(row[3]),
        instant(Objects.requireNonNull(row[4])),
        (String) row[5]);
  }

  private static int numberOf(@Nullable VersionNumber number) {
    return number == null ? NONE : number.value();
  }

  private static Instant instant(Object column) {
    return column instanceof OffsetDateTime o ? o.toInstant() : (Instant) column;
  }

  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** A move as it is kept. */
  record Moved(
      @Nullable VersionNumber from,
      @Nullable VersionNumber to,
      Instant at,
      @Nullable String reason) {}

  /** Which page of a history is wanted. */
  record Before(long id, int limit) {}
}
