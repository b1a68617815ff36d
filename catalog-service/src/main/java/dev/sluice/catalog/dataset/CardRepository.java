package dev.sluice.catalog.dataset;

import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.hibernate.reactive.mutiny.Mutiny;

/** The cards in table {@code dataset}; apart, since nothing else wants to read them. */
@ApplicationScoped
class CardRepository {

  Uni<Card> get(Mutiny.Session session, ProjectScope scope, DatasetId id) {
    return session
        .createNativeQuery(
            """
            select card, card_revision from {h-schema}dataset
            where project = :project and id = :id
            """,
            Object[].class)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .getSingleResult()
        .map(row -> new Card((String) row[0], ((Number) row[1]).intValue()));
  }

  Uni<Void> put(Mutiny.Session session, ProjectScope scope, DatasetId id, Card card, Instant now) {
    return session
        .createNativeQuery(
            """
            update {h-schema}dataset
            set card = :card, card_revision = :revision, changed_at = :now
            where project = :project and id = :id
            """)
        .setParameter("project", scope.project())
        .setParameter("id", id.value())
        .setParameter("card", card.markdown())
        .setParameter("revision", card.revision())
        .setParameter("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }
}
