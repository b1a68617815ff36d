package dev.sluice.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** A small producer and consumer of text records for tests. */
public final class TestKafka implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long SEND_SECONDS = 20;

  private final String bootstrapServers;
  private final KafkaProducer<String, String> producer;

  private TestKafka(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new StringSerializer());
  }

  /** Connects to the broker of this test JVM. */
  public static TestKafka connect() {
    return new TestKafka(TestServers.kafka().address());
  }

  /** Sends one record and waits until the broker has it. */
  public void send(String topic, String key, String value, Map<String, String> headers) {
    ProducerRecord<String, String> outgoing = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> outgoing.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try {
      producer.send(outgoing).get(SEND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Not sent to " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The value of a header, or an empty text when it is missing. */
  public static String header(ConsumerRecord<String, String> received, String name) {
    var header = received.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /**
   * Reads a topic from its beginning until so many records match.
   *
   * @return the matching records in the order they were read
   * @throws org.awaitility.core.ConditionTimeoutException when the time is over first
   */
  public List<ConsumerRecord<String, String>> collect(
      String topic, int count, Duration limit, Predicate<ConsumerRecord<String, String>> wanted) {
    Map<String, Object> configuration =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "group.id",
            "test-" + UUID.randomUUID(),
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            "false");
    List<ConsumerRecord<String, String>> found = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      Awaitility.await("records of " + topic)
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(limit)
          .until(
              () -> {
                consumer.poll(POLL).records(topic).forEach(r -> keep(r, wanted, found));
                return found.size() >= count;
              });
    }
    return List.copyOf(found);
  }

  private static void keep(
      ConsumerRecord<String, String> received,
      Predicate<ConsumerRecord<String, String>> wanted,
      List<ConsumerRecord<String, String>> found) {
    if (wanted.test(received)) {
      found.add(received);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
