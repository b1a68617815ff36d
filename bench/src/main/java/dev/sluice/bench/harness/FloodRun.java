package dev.sluice.bench.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.events.EventJson;
import dev.sluice.support.outbox.KafkaSender;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Fills a partition, then lets the consumer go and counts how fast it is empty. */
@ApplicationScoped
class FloodRun {
  private static final String TOPIC = "bench.flood";
  private static final int STREAMS = 64;
  private static final int SEND_AT_ONCE = 5_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final FloodConsumer consumer;
  private final KafkaSender sender;
  private final ChannelRegistry channels;
  private final DataSource database;

  /**
   * What came out.
   *
   * @param perSecond events that had their effect
   * @param said digest of the events that were sent
   * @param effects digest of the events of all effects, read back from the database
   */
  record Result(double perSecond, String said, String effects) {}

  FloodRun(
      FloodConsumer consumer, KafkaSender sender, ChannelRegistry channels, DataSource database) {
    this.consumer = consumer;
    this.sender = sender;
    this.channels = channels;
    this.database = database;
  }

  Result run(FloodConsumer.Way way, int count) throws SQLException {
    empty();
    String said = Digest.of(fill(count));
    consumer.reset(way);
    var channel = channels.getPausable("flood");
    channel.resume();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (consumer.done() < count && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    channel.pause();
    return new Result(count / consumer.seconds(), said, Digest.of(effects()));
  }

  private List<UUID> fill(int count) {
    List<UUID> ids = new ArrayList<>(count);
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Fact fact = new Fact(UUID.randomUUID(), "s" + i % STREAMS, i);
      ids.add(fact.eventId());
      records.add(toRecord(fact));
      if (records.size() == SEND_AT_ONCE || i == count - 1) {
        sender.send(List.copyOf(records)).await().atMost(Duration.ofSeconds(60));
        records.clear();
      }
    }
    return ids;
  }

  private static ProducerRecord<String, byte[]> toRecord(Fact fact) {
    var event = fact.event();
    ProducerRecord<String, byte[]> next =
        new ProducerRecord<>(TOPIC, event.key(), EventJson.write(event).getBytes(UTF_8));
    next.headers().add("ce_specversion", "1.0".getBytes(UTF_8));
    next.headers().add("ce_id", fact.eventId().toString().getBytes(UTF_8));
    next.headers().add("ce_type", event.type().getBytes(UTF_8));
    next.headers().add("ce_subject", event.subject().getBytes(UTF_8));
    next.headers().add("content-type", "application/json".getBytes(UTF_8));
    return next;
  }

  private void empty() throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("truncate bench.effect, bench.inbox_event");
    }
  }

  private List<UUID> effects() throws SQLException {
    List<UUID> ids = new ArrayList<>();
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select event_id from bench.effect")) {
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
    }
    return ids;
  }
}
