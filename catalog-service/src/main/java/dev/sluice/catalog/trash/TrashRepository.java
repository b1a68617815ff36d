package dev.sluice.catalog.trash;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What of table {@code dataset} is in the trash. */
@ApplicationScoped
class TrashRepository {

  /** Oldest first, behind the id of the page before. */
  Uni<List<Trashed>> page(
      Mutiny.Session session, ProjectScope scope, @Nullable UUID after, Listing listing) {
    return session
        .createNativeQuery(
            """
            select d.id, d.name, d.display_name, d.data_type, d.creator, d.deleted_by, d.deleted_at
            from {h-schema}dataset d
            where d.project = :project and d.deleted_at is not null and d.purged_at is null
              and d.purge_started_at is null
              and (:after = '' or (d.deleted_at, d.id) > (
                select a.deleted_at, a.id from {h-schema}dataset a
                where a.project = :project and a.id = cast(nullif(:after, '') as uuid)))
            order by d.deleted_at, d.id limit :limit
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("after", after == null ? "" : after.toString())
        .setParameter("limit", listing.limit())
        .getResultList()
        .map(rows -> rows.stream().map(row -> toTrashed(row, listing.keep())).toList());
  }

  /** The name of a dataset that can still be restored, locked. */
  Uni<Optional<String>> lock(Mutiny.Session session, ProjectScope scope, UUID id) {
    return session
        .createNativeQuery(
            """
            select name from {h-schema}dataset
            where project = :project and id = :id and deleted_at is not null
              and purge_started_at is null
            for update
            """,
            String.class)
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .getSingleResultOrNull()
        .map(Optional::ofNullable);
  }

  /** From now on the dataset cannot be restored. */
  Uni<Void> beginPurge(Mutiny.Session session, ProjectScope scope, UUID id, Instant now) {
    return session
        .createNativeQuery(
            """
            update {h-schema}dataset set purge_started_at = :now
            where project = :project and id = :id
            """)
        .setParameter("project", scope.project())
        .setParameter("id", id)
        .setParameter("now", at(now))
        .executeUpdate()
        .replaceWithVoid();
  }

  private static Trashed toTrashed(@Nullable Object[] row, Duration keep) {
    Instant deletedAt = instant(Objects.requireNonNull(row[6]));
    return new Trashed(
        (UUID) Objects.requireNonNull(row[0]),
        String.valueOf(row[1]),
        String.valueOf(row[2]),
        String.valueOf(row[3]),
        String.valueOf(row[4]),
        (String) row[5],
        deletedAt,
        deletedAt.plus(keep));
  }

  private static Instant instant(Object column) {
    return column instanceof OffsetDateTime o ? o.toInstant() : (Instant) column;
  }

  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** How much is listed, and until when it stays. */
  record Listing(int limit, Duration keep) {}
}
