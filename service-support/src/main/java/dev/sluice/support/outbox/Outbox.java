package dev.sluice.support.outbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.events.EventJson;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.tracing.TraceContext;
import io.smallrye.mutiny.Uni;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
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

  /** Appends facts with fresh event ids, in their order, by one statement. */
  public static Uni<Void> appendAll(Mutiny.Session session, List<? extends SluiceEvent> events) {
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    String trace = TraceContext.current();
    return session
        .createNativeQuery(
            """
            insert into {h-schema}outbox_event
              (event_id, topic, key, type, subject, project, payload, traceparent, occurred_at)
            select e.id, e.topic, e.key, e.type, e.subject, e.project, e.payload, :trace, e.at
            from jsonb_array_elements(cast(cast(:events as text) as jsonb))
              with ordinality as row (value, position),
              jsonb_to_record(row.value) as e(
                id uuid, topic text, key text, type text, subject text, project text, payload text,
                at timestamptz)
            order by row.position
            """)
        .setParameter("events", rows(events))
        .setParameter("trace", trace)
        .executeUpdate()
        .replaceWithVoid();
  }

  private static String rows(List<? extends SluiceEvent> events) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (SluiceEvent event : events) {
      rows.addObject()
          .put("id", UUID.randomUUID().toString())
          .put("topic", event.topic())
          .put("key", event.key())
          .put("type", event.type())
          .put("subject", event.subject())
          .put("project", event.project())
          .put("payload", EventJson.write(event))
          .put("at", event.occurredAt().toString());
    }
    return rows.toString();
  }
}
