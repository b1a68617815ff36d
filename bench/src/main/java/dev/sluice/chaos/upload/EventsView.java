package dev.sluice.chaos.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What was said on a topic, read by a plain consumer; can say it again as a broker might. */
public final class EventsView implements AutoCloseable {
  private static final String TOPIC = "sluice.uploads";
  private static final Duration POLL = Duration.ofMillis(100);

  private final String topic;
  private final KafkaConsumer<String, byte[]> reader;
  private final KafkaProducer<String, byte[]> producer;
  private final Map<String, List<Heard>> byProject = new HashMap<>();

  /**
   * A record of the topic.
   *
   * @param data its JSON
   */
  public record Heard(
      String id, String type, JsonNode data, ConsumerRecord<String, byte[]> source) {
    /** What the event is about: the same text is said once. */
    String about() {
      return "%s %s %s %s"
          .formatted(
              type,
              data.path("uploadId").asText(),
              data.path("partNumber").asText(),
              data.path("etag").asText());
    }
  }

  /** A reader of what is said about uploads. */
  public EventsView(String broker) {
    this(broker, TOPIC);
  }

  /** A reader of a topic of this broker. */
  public EventsView(String broker, String topic) {
    this.topic = topic;
    this.reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker, "enable.auto.commit", false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Everything said of a project so far, each once. */
  public synchronized List<Heard> of(String project) {
    readNewRecords();
    Map<String, Heard> byId = new LinkedHashMap<>();
    byProject.getOrDefault(project, List.of()).forEach(each -> byId.putIfAbsent(each.id(), each));
    return List.copyOf(byId.values());
  }

  /** Delivers records again, as they were. */
  public synchronized void sayAgain(List<Heard> records, int times) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      records.forEach(each -> sent.add(producer.send(copy(each.source()))));
    }
    await(sent);
  }

  private static void await(List<Future<RecordMetadata>> sent) {
    try {
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not say it again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says records as a service would, in their order; returns when the broker has them. */
  public synchronized void say(List<ProducerRecord<String, byte[]>> records) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    records.forEach(each -> sent.add(producer.send(each)));
    await(sent);
  }

  @Override
  public void close() {
    reader.close();
    producer.close();
  }

  private static ProducerRecord<String, byte[]> copy(ConsumerRecord<String, byte[]> source) {
    return new ProducerRecord<>(
        source.topic(), source.partition(), source.key(), source.value(), source.headers());
  }

  private void readNewRecords() {
    List<TopicPartition> partitions =
        reader.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (reader.assignment().isEmpty()) {
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
    }
    Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
    while (partitions.stream()
        .anyMatch(each -> reader.position(each) < ends.getOrDefault(each, 0L))) {
      reader.poll(POLL).forEach(this::hear);
    }
  }

  private void hear(ConsumerRecord<String, byte[]> next) {
    try {
      JsonNode data = Api.JSON.readTree(next.value());
      byProject
          .computeIfAbsent(data.path("project").asText(), p -> new ArrayList<>())
          .add(new Heard(header(next, "ce_id"), header(next, "ce_type"), data, next));
    } catch (IOException noJson) {
      throw new IllegalStateException("not an event: " + next, noJson);
    }
  }

  private static String header(ConsumerRecord<String, byte[]> next, String name) {
    return new String(next.headers().lastHeader(name).value(), UTF_8);
  }
}
