package dev.sluice.support.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The one producer of a service: idempotent, acknowledged by all replicas, no linger.
 *
 * <p>It never gives a record up by itself ({@code delivery.timeout.ms} is unlimited): a broker that
 * is away delays facts, and the order within a partition holds.
 */
@ApplicationScoped
public class KafkaSender {
  private final String bootstrapServers;
  private final Executor executor;
  private volatile @Nullable KafkaProducer<String, byte[]> producer;

  KafkaSender(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.executor = Infrastructure.getDefaultExecutor();
  }

  /** Sends the records in order; completes when the broker has all of them. */
  public Uni<Void> send(List<ProducerRecord<String, byte[]>> records) {
    return Uni.createFrom()
        .item(() -> sendAll(records))
        .runSubscriptionOn(executor)
        .flatMap(acknowledged -> Uni.createFrom().completionStage(acknowledged));
  }

  private CompletableFuture<Void> sendAll(List<ProducerRecord<String, byte[]>> records) {
    return inOrder(producer(), records);
  }

  /**
   * Hands records to a producer. What follows a record that the producer does not take is not
   * handed on: said before it, it would be known already when both are said again, and the order
   * would be another one for those who listen.
   */
  static CompletableFuture<Void> inOrder(
      Producer<String, byte[]> producer, List<ProducerRecord<String, byte[]>> records) {
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (ProducerRecord<String, byte[]> next : records) {
      CompletableFuture<Void> acknowledged = sendOne(producer, next);
      if (acknowledged.isCompletedExceptionally()) {
        return acknowledged;
      }
      taken.add(acknowledged);
    }
    return CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new));
  }

  private static CompletableFuture<Void> sendOne(
      Producer<String, byte[]> producer, ProducerRecord<String, byte[]> next) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    var unused =
        producer.send(
            next,
            (metadata, failure) -> {
              if (failure == null) {
                acknowledged.complete(null);
              } else {
                acknowledged.completeExceptionally(failure);
              }
            });
    return acknowledged;
  }

  private synchronized KafkaProducer<String, byte[]> producer() {
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
                  0,
                  ProducerConfig.MAX_BLOCK_MS_CONFIG,
                  10_000L,
                  ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                  Integer.MAX_VALUE,
                  ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                  500L,
                  ProducerConfig.BUFFER_MEMORY_CONFIG,
                  8L << 20),
              new StringSerializer(),
              new ByteArraySerializer());
    }
    return producer;
  }

  void onStop(@Observes ShutdownEvent stop) {
    KafkaProducer<String, byte[]> open = producer;
    if (open != null) {
      open.close(Duration.ofSeconds(2));
    }
  }
}
