package dev.sluice.support.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.events.EventJson;
import dev.sluice.events.EventJson.MalformedEvent;
import dev.sluice.events.EventTypes;
import dev.sluice.events.SluiceEvent;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a Kafka record turned out to be. */
sealed interface Envelope {

  ConsumerRecord<String, byte[]> source();

  /** An event the consumer acts on. */
  record Event(ConsumerRecord<String, byte[]> source, Received received) implements Envelope {}

  /** An event that is none of this consumer's business. */
  record Other(ConsumerRecord<String, byte[]> source) implements Envelope {}

  /** A message nobody will ever be able to read. */
  record Poison(ConsumerRecord<String, byte[]> source, String reason) implements Envelope {}

  /** Reads CloudEvents 1.0 in binary mode. */
  static Envelope read(
      ConsumerRecord<String, byte[]> source, Set<Class<? extends SluiceEvent>> wanted) {
    String type = header(source, "ce_type");
    String id = header(source, "ce_id");
    if (type.isEmpty() || id.isEmpty()) {
      return new Poison(source, "not a CloudEvent: header ce_type or ce_id is missing");
    }
    var known = EventTypes.byName(type);
    if (known.isEmpty()) {
      return new Poison(source, "unknown event type '" + type + "'");
    }
    return wanted.contains(known.get()) ? read(source, id, known.get()) : new Other(source);
  }

  private static Envelope read(
      ConsumerRecord<String, byte[]> source, String id, Class<? extends SluiceEvent> type) {
    if (source.value() == null) {
      return new Poison(source, "empty value");
    }
    try {
      return new Event(
          source,
          new Received(
              UUID.fromString(id),
              EventJson.read(source.value(), type),
              header(source, "traceparent")));
    } catch (MalformedEvent e) {
      return new Poison(source, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return new Poison(source, "ce_id '" + id + "' is not a UUID");
    }
  }

  private static String header(ConsumerRecord<String, byte[]> source, String name) {
    Header header = source.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }
}
