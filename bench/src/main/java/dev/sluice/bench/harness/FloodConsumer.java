package dev.sluice.bench.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.events.EventJson;
import dev.sluice.events.SluiceEvent;
import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.support.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Empties a partition that was filled before, as fast as it can, in one of three ways. */
@ApplicationScoped
class FloodConsumer {
  private static final Set<Class<? extends SluiceEvent>> OF = Set.of(ChunkUploaded.class);

  private final Inbox inbox;
  private final RowRepository rows;
  private final Mutiny.SessionFactory sessions;
  private final AtomicLong done = new AtomicLong();
  private volatile Way way = Way.BATCH;
  private volatile long begin;
  private volatile long end;

  /** How a batch of records becomes effects. */
  enum Way {
    /** Exactly once, one statement for the effects of a batch. */
    BATCH,
    /** Exactly once, one statement for each effect. */
    EACH,
    /** At least once: the effects alone, by one statement. */
    PLAIN
  }

  FloodConsumer(Inbox inbox, RowRepository rows, Mutiny.SessionFactory sessions) {
    this.inbox = inbox;
    this.rows = rows;
    this.sessions = sessions;
  }

  void reset(Way next) {
    way = next;
    done.set(0);
    begin = 0;
  }

  long done() {
    return done.get();
  }

  /** From the first batch's arrival to the last one's commit. */
  double seconds() {
    return (end - begin) / 1e9;
  }

  @Incoming("flood")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    if (begin == 0) {
      begin = System.nanoTime();
    }
    return handled(records).invoke(() -> count(records.count()));
  }

  private Uni<Void> handled(ConsumerRecords<String, byte[]> records) {
    return switch (way) {
      case BATCH ->
          inbox.consumeBatch(
              "bench-flood",
              records,
              OF,
              (session, fresh) -> rows.effects(session, fresh.stream().map(Fact::of).toList()));
      case EACH ->
          inbox.consume(
              "bench-flood",
              records,
              OF,
              (session, one) -> rows.effect(session, one.eventId(), (ChunkUploaded) one.event()));
      case PLAIN -> sessions.withTransaction(session -> rows.effects(session, read(records)));
    };
  }

  private void count(int events) {
    end = System.nanoTime();
    done.addAndGet(events);
  }

  private static List<Fact> read(ConsumerRecords<String, byte[]> records) {
    List<Fact> facts = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> next : records) {
      ChunkUploaded chunk = EventJson.read(next.value(), ChunkUploaded.class);
      UUID id = UUID.fromString(new String(next.headers().lastHeader("ce_id").value(), UTF_8));
      facts.add(new Fact(id, chunk.path(), chunk.partNumber()));
    }
    return facts;
  }
}
