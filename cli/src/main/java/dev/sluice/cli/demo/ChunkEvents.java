package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Counts the {@code ChunkUploaded} events said after it was opened, straight from the topic, as any
 * team's own consumer would.
 */
final class ChunkEvents implements AutoCloseable {

  private static final String TOPIC = "sluice.uploads";
  private static final String TYPE = "dev.sluice.ChunkUploaded.v1";

  private final KafkaConsumer<byte[], byte[]> consumer;

  private ChunkEvents(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Stands at the end of the topic as it is now. */
  static ChunkEvents from(String bootstrapServers) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                15_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return new ChunkEvents(consumer);
  }

  /**
   * Different parts of the given uploads that events spoke of, as soon as there are the expected
   * number, else after the patience.
   */
  int count(Set<String> uploadIds, int expected, Duration patience) throws IOException {
    Set<String> parts = new HashSet<>();
    Instant end = Instant.now().plus(patience);
    while (parts.size() < expected && Instant.now().isBefore(end)) {
      for (ConsumerRecord<byte[], byte[]> event : consumer.poll(Duration.ofMillis(200))) {
        if (isChunk(event)) {
          JsonNode chunk = Json.mapper().readTree(event.value());
          String uploadId = chunk.path("uploadId").asText();
          if (uploadIds.contains(uploadId)) {
            parts.add(uploadId + "/" + chunk.path("partNumber").asText());
          }
        }
      }
    }
    return parts.size();
  }

  private static boolean isChunk(ConsumerRecord<byte[], byte[]> event) {
    Header type = event.headers().lastHeader("ce_type");
    return type != null && TYPE.equals(new String(type.value(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
