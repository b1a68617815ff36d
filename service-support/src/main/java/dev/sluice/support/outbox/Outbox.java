package dev.sluice.support.outbox;

import dev.sluice.events.EventJson;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.tracing.TraceContext;
import io.smallrye.mutiny.Uni;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Facts that commit with the state change they tell of.
 *
 * <p>Facts with the same key are said in the order of their inserts. Two transactions that append
 * facts with one key must therefore exclude each other before they append, which they do anyway by
 * locking the row of the aggregate (the dataset, the run, the upload).
 */
public final class Outbox {
  private Outbox() {}

  /** Appends a fact with a fresh event id. */
  public static Uni<Void> append(Mutiny.Session session, SluiceEvent event) {
    return append(session, UUID.randomUUID(), event);
  }

  /** Appends a fact whose event id the caller chose, so that it is said once. */
  public static Uni<Void> append(Mutiny.Session session, UUID eventId, SluiceEvent event) {
    return session
        .createNativeQuery(
            """
            insert into {h-schema}outbox_event
              (event_id, topic, key, type, subject, project, payload, traceparent, occurred_at)
            values (:id, :topic, :key, :type, :subject, :project, :payload, :trace, :at)
            on conflict (event_id) do nothing
            """)
        .setParameter("id", eventId)
        .setParameter("topic", event.topic())
        .setParameter("key", event.key())
        .setParameter("type", event.type())
        .setParameter("subject", event.subject())
        .setParameter("project", event.project())
        .setParameter("payload", EventJson.write(event))
        .setParameter("trace", TraceContext.current())
        .setParameter("at", OffsetDateTime.ofInstant(event.occurredAt(), ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }
}
