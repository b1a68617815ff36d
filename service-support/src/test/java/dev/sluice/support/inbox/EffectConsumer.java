package dev.sluice.support.inbox;

import dev.sluice.events.DatasetEvent.DatasetDeleted;
import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Writes one row for each event; users whose name asks for it make it fail, or say a fact of their
 * own.
 */
@ApplicationScoped
class EffectConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED = Set.of(MemberAdded.class);

  private final AtomicInteger storms = new AtomicInteger();
  private final Inbox inbox;

  EffectConsumer(Inbox inbox) {
    this.inbox = inbox;
  }

  /** How often the storm was met since {@link #calm}. */
  int storms() {
    return storms.get();
  }

  void calm() {
    storms.set(0);
  }

  @Incoming("facts")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("effects", records, WANTED, this::handle);
  }

  private Uni<Void> handle(Mutiny.Session session, Received received) {
    MemberAdded event = (MemberAdded) received.event();
    return write(session, received, event.user())
        .invoke(
            () -> {
              if (event.user().startsWith("never")) {
                throw new IllegalArgumentException("nobody is called " + event.user());
              }
            })
        .flatMap(
            done ->
                event.user().startsWith("storm") && storms.getAndIncrement() < 3
                    ? Uni.createFrom().failure(new IOException("the database is away"))
                    : Uni.createFrom().voidItem())
        .call(
            () ->
                event.user().startsWith("teller")
                    ? tell(session, event)
                    : Uni.createFrom().voidItem());
  }

  private static Uni<Void> tell(Mutiny.Session session, MemberAdded event) {
    return Outbox.append(
        session,
        new DatasetDeleted(
            event.project(), UUID.randomUUID(), "told", event.user(), event.occurredAt()));
  }

  private static Uni<Integer> write(Mutiny.Session session, Received received, String name) {
    return session
        .createNativeQuery(
            "insert into {h-schema}effect (event_id, project, name) values (:id, :p, :n)")
        .setParameter("id", received.eventId())
        .setParameter("p", received.event().project())
        .setParameter("n", name)
        .executeUpdate();
  }
}
