package dev.sluice.support.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.events.Topics;
import dev.sluice.support.outbox.KafkaSender;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/**
 * Puts messages that can never succeed aside, unchanged, with the reason in headers {@code
 * dead-letter-reason}, {@code -consumer}, {@code -topic}, {@code -partition} and {@code -offset}.
 */
@ApplicationScoped
public class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final KafkaSender sender;
  private final MeterRegistry meters;

  DeadLetters(KafkaSender sender, MeterRegistry meters) {
    this.sender = sender;
    this.meters = meters;
  }

  /** Completes when the broker has the message. */
  Uni<Void> put(String consumer, ConsumerRecord<String, byte[]> dead, String reason) {
    LOG.warnf(
        "dead letter: consumer=%s topic=%s partition=%d offset=%d reason=%s",
        consumer, dead.topic(), dead.partition(), dead.offset(), reason);
    meters.counter("sluice_dead_letters_total", "consumer", consumer).increment();
    RecordHeaders headers = new RecordHeaders(dead.headers().toArray());
    headers.add(header("dead-letter-reason", reason));
    headers.add(header("dead-letter-consumer", consumer));
    headers.add(header("dead-letter-topic", dead.topic()));
    headers.add(header("dead-letter-partition", String.valueOf(dead.partition())));
    headers.add(header("dead-letter-offset", String.valueOf(dead.offset())));
    return sender.send(
        List.of(
            new ProducerRecord<>(
                Topics.deadLetters(dead.topic()), null, dead.key(), dead.value(), headers)));
  }

  private static RecordHeader header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
