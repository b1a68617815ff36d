package dev.sluice.catalog.openlineage;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Table {@code openlineage_fact}. */
@ApplicationScoped
class FactRepository {

  /** Keeps a fact for the receiver, when there is one. */
  Uni<Void> keep(Mutiny.Session session, ProjectScope scope, Kept fact) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}openlineage_fact (project, event_id, type, key, payload)
            select :project, :event, :type, :key, :payload from {h-schema}openlineage_receiver
            on conflict do nothing
            """)
        .setParameter("project", scope.project())
        .setParameter("event", fact.eventId())
        .setParameter("type", fact.type())
        .setParameter("key", fact.key())
        .setParameter("payload", fact.payload())
        .executeUpdate()
        .replaceWithVoid();
  }

  /**
   * Takes the oldest facts that are due, for a while. Of each key only the first one that was not
   * told yet: two replicas that look at once cannot go past each other.
   */
  Uni<List<Due>> claimAnyProject(Mutiny.Session session, Instant now, Instant until, int limit) {
    return session
        .createNativeQuery(
            """
            update {h-schema}openlineage_fact set claimed_until = :until
            where id in (
              select f.id from {h-schema}openlineage_fact f
              where f.next_at <= :now and (f.claimed_until is null or f.claimed_until <= :now)
                and not exists (
                  select 1 from {h-schema}openlineage_fact e
                  where e.key = f.key and e.id < f.id)
              order by f.id limit :limit for update skip locked)
            returning id, project, type, payload, tries
            """,
            Object[].class)
        .setParameter("now", now.atOffset(ZoneOffset.UTC))
        .setParameter("until", until.atOffset(ZoneOffset.UTC))
        .setParameter("limit", limit)
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .map(FactRepository::toDue)
                    .sorted(Comparator.comparingLong(Due::id))
                    .toList());
  }

  /** The receiver has it. */
  Uni<Void> told(Mutiny.Session session, ProjectScope scope, long id) {
    return session
        .createNativeQuery(
            "delete from {h-schema}openlineage_fact where id = :id and project = :project")
        .setParameter("id", id)
        .setParameter("project", scope.project())
        .executeUpdate()
        .replaceWithVoid();
  }

  /** The receiver did not take it; it is tried again then. */
  Uni<Void> again(Mutiny.Session session, ProjectScope scope, long id, Instant next) {
    return session
        .createNativeQuery(
            """
            update {h-schema}openlineage_fact
            set tries = tries + 1, next_at = :next, claimed_until = null
            where id = :id and project = :project
            """)
        .setParameter("id", id)
        .setParameter("project", scope.project())
        .setParameter("next", next.atOffset(ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  private static Due toDue(Object[] row) {
    return new Due(
        ((Number) row[0]).longValue(),
        row[1].toString(),
        row[2].toString(),
        row[3].toString(),
        ((Number) row[4]).intValue());
  }

  /** A fact to be kept. */
  record Kept(UUID eventId, String type, String key, String payload) {}

  /** A fact to be told. */
  record Due(long id, String project, String type, String payload, int tries) {}
}
