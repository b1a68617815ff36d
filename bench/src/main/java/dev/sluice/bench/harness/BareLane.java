package dev.sluice.bench.harness;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The peer: a plain producer and a plain consumer of the same broker, with the same durability
 * (acknowledged by all replicas, no linger) and nothing between them.
 */
@ApplicationScoped
class BareLane {
  private static final String TOPIC = "bench.bare";
  private static final Duration POLL = Duration.ofMillis(500);

  private final String bootstrapServers;
  private final Stopwatch stopwatch;
  private final DataSource database;
  private @Nullable KafkaProducer<String, byte[]> producer;
  private volatile boolean withEffect;
  private volatile boolean stopped;

  BareLane(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      Stopwatch stopwatch,
      DataSource database) {
    this.bootstrapServers = bootstrapServers;
    this.stopwatch = stopwatch;
    this.database = database;
  }

  /** Whether the consumer writes and commits an effect before the clock stops. */
  void withEffect(boolean effect) {
    withEffect = effect;
  }

  synchronized void open() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers,
                  ProducerConfig.ACKS_CONFIG,
                  "all",
                  ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                  true,
                  ProducerConfig.LINGER_MS_CONFIG,
                  0),
              new StringSerializer(),
              new ByteArraySerializer());
      Thread.ofPlatform().daemon().name("bare-consumer").start(this::consume);
    }
  }

  void send(Fact fact, byte[] value) {
    KafkaProducer<String, byte[]> open = producer;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    ProducerRecord<String, byte[]> next = new ProducerRecord<>(TOPIC, fact.stream(), value);
    next.headers().add("id", bytes(fact.eventId()));
    var unused = open.send(next);
  }

  private void consume() {
    try (KafkaConsumer<String, byte[]> open =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG, "bench-bare",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      open.subscribe(List.of(TOPIC));
      while (!stopped) {
        take(open.poll(POLL));
      }
    }
  }

  private void take(ConsumerRecords<String, byte[]> records) {
    if (withEffect && !records.isEmpty()) {
      commitEffects(records);
    }
    for (ConsumerRecord<String, byte[]> next : records) {
      stopwatch.stop(id(next));
    }
  }

  private void commitEffects(ConsumerRecords<String, byte[]> records) {
    try (Connection connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into bench.effect (event_id, stream, seq) values (?, ?, 0)")) {
      connection.setAutoCommit(false);
      for (ConsumerRecord<String, byte[]> next : records) {
        insert.setObject(1, id(next));
        insert.setString(2, next.key());
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("no effect", e);
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static UUID id(ConsumerRecord<String, byte[]> next) {
    ByteBuffer bytes = ByteBuffer.wrap(next.headers().lastHeader("id").value());
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  void onStop(@Observes ShutdownEvent stop) {
    stopped = true;
  }
}
