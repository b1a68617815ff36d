package dev.sluice.support.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** One row of {@code outbox_event}: a committed fact on its way to the broker. */
record OutboxEntry(
    long position,
    UUID eventId,
    String topic,
    String key,
    String type,
    String subject,
    String project,
    String payload,
    String traceparent,
    Instant occurredAt) {

  static final String COLUMNS =
      "id, event_id, topic, key, type, subject, project, payload, traceparent, occurred_at";

  static OutboxEntry from(Row row) {
    return new OutboxEntry(
        row.getLong("id"),
        row.getUUID("event_id"),
        row.getString("topic"),
        row.getString("key"),
        row.getString("type"),
        row.getString("subject"),
        row.getString("project"),
        row.getString("payload"),
        String.valueOf(row.getString("traceparent")),
        row.getOffsetDateTime("occurred_at").toInstant());
  }

  /** CloudEvents 1.0, binary mode. */
  ProducerRecord<String, byte[]> toRecord(String source) {
    List<Header> headers = new ArrayList<>();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", eventId.toString());
    add(headers, "ce_type", type);
    add(headers, "ce_source", source);
    add(headers, "ce_subject", subject);
    add(headers, "ce_time", occurredAt.toString());
    add(headers, "ce_project", project);
    add(headers, "content-type", "application/json");
    if (!traceparent.isEmpty()) {
      add(headers, "traceparent", traceparent);
    }
    return new ProducerRecord<>(topic, null, key, payload.getBytes(UTF_8), headers);
  }

  private static void add(List<Header> headers, String name, String value) {
    headers.add(new RecordHeader(name, value.getBytes(UTF_8)));
  }
}
