package dev.sluice.support.inbox;

import dev.sluice.events.SluiceEvent;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.Failures;
import dev.sluice.support.tracing.TraceContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Gives every event exactly one effect: the event's id and its effect are written in one
 * transaction, so an event that is delivered again finds its id and changes nothing.
 *
 * <p>A batch is one transaction, in the order of its records. When a part is away, the batch waits
 * and is tried again. When an event can never succeed, the batch is taken apart and only that event
 * goes to the dead-letter topic.
 */
@ApplicationScoped
public class Inbox {
  private static final Logger LOG = Logger.getLogger(Inbox.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final DeadLetters deadLetters;

  Inbox(Transactions transactions, DeadLetters deadLetters) {
    this.transactions = transactions;
    this.deadLetters = deadLetters;
  }

  /**
   * Handles a batch; completes when each of its events has had its effect or is a dead letter.
   *
   * @param consumer stable name; events are counted once for each consumer
   * @param wanted the events to act on; others are passed over
   */
  public Uni<Void> consume(
      String consumer,
      ConsumerRecords<String, byte[]> records,
      Set<Class<? extends SluiceEvent>> wanted,
      EventHandler handler) {
    return consumeBatch(consumer, records, wanted, oneAfterAnother(handler));
  }

  /**
   * As {@link #consume}, but the handler is given all new events of the batch at once, in their
   * order, so that one statement can write the effects of many. When an event of them can never
   * succeed, the handler is called again with each of them alone.
   */
  public Uni<Void> consumeBatch(
      String consumer,
      ConsumerRecords<String, byte[]> records,
      Set<Class<? extends SluiceEvent>> wanted,
      BatchHandler handler) {
    List<Envelope.Event> events = new ArrayList<>();
    List<Envelope.Poison> poison = new ArrayList<>();
    records.forEach(
        next -> {
          switch (Envelope.read(next, wanted)) {
            case Envelope.Event e -> events.add(e);
            case Envelope.Poison p -> poison.add(p);
            case Envelope.Other o -> LOG.tracef("passed over %s", o.source().offset());
          }
        });
    Executor context = callersContext();
    return waiting(context, () -> putAside(consumer, poison))
        .flatMap(done -> waiting(context, () -> together(consumer, events, handler)))
        .onFailure()
        .recoverWithUni(failure -> oneByOne(context, consumer, events, handler));
  }

  private static BatchHandler oneAfterAnother(EventHandler handler) {
    return (session, fresh) ->
        Multi.createFrom()
            .iterable(fresh)
            .onItem()
            .transformToUniAndConcatenate(
                received ->
                    TraceContext.continuing(
                        received.traceparent(),
                        "process " + received.event().topic(),
                        () -> handler.handle(session, received)))
            .collect()
            .last()
            .replaceWithVoid();
  }

  private Uni<Void> together(String consumer, List<Envelope.Event> events, BatchHandler handler) {
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return transactions
        .in(
            session ->
                record(session, consumer, events)
                    .flatMap(fresh -> effects(session, events, fresh, handler)))
        .invoke(() -> CrashPoint.hit("inbox.afterCommit"));
  }

  /** Writes the ids and returns those that were not there yet. */
  private static Uni<Set<UUID>> record(
      Mutiny.Session session, String consumer, List<Envelope.Event> events) {
    String ids =
        events.stream()
            .map(e -> e.received().eventId().toString())
            .distinct()
            .sorted()
            .collect(Collectors.joining(","));
    return session
        .createNativeQuery(
            """
            insert into {h-schema}inbox_event (consumer, event_id)
            select :consumer, cast(id as uuid) from unnest(string_to_array(:ids, ',')) as t(id)
            on conflict do nothing returning event_id
            """,
            UUID.class)
        .setParameter("consumer", consumer)
        .setParameter("ids", ids)
        .getResultList()
        .map(Set::copyOf);
  }

  private static Uni<Void> effects(
      Mutiny.Session session, List<Envelope.Event> events, Set<UUID> fresh, BatchHandler handler) {
    CrashPoint.hit("inbox.beforeEffect");
    Set<UUID> open = new HashSet<>(fresh);
    List<Received> unseen =
        events.stream()
            .map(Envelope.Event::received)
            .filter(received -> open.remove(received.eventId()))
            .toList();
    return unseen.isEmpty() ? Uni.createFrom().voidItem() : handler.handle(session, unseen);
  }

  private Uni<Void> oneByOne(
      Executor context, String consumer, List<Envelope.Event> events, BatchHandler handler) {
    return Multi.createFrom()
        .iterable(events)
        .onItem()
        .transformToUniAndConcatenate(
            event ->
                waiting(context, () -> together(consumer, List.of(event), handler))
                    .onFailure()
                    .recoverWithUni(
                        failure ->
                            waiting(
                                context,
                                () -> deadLetters.put(consumer, event.source(), reason(failure)))))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> putAside(String consumer, List<Envelope.Poison> poison) {
    return Multi.createFrom()
        .iterable(poison)
        .onItem()
        .transformToUniAndConcatenate(p -> deadLetters.put(consumer, p.source(), p.reason()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Tries again, on the caller's context, for as long as a part is away. */
  private static Uni<Void> waiting(Executor context, Supplier<Uni<? extends Void>> work) {
    return Uni.createFrom()
        .<Void>deferred(work)
        .runSubscriptionOn(context)
        .onFailure(Failures::isTransient)
        .invoke(failure -> LOG.warnf("consumer waits: %s", failure.toString()))
        .onFailure(Failures::isTransient)
        .retry()
        .withBackOff(FIRST_WAIT, LONGEST_WAIT)
        .indefinitely();
  }

  /**
   * The context a record came on, which a session needs; a broker's or a timer's answer would go on
   * elsewhere.
   */
  private static Executor callersContext() {
    Context context = Vertx.currentContext();
    return context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
