package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * Something that happened, said once, in the past tense.
 *
 * <p>The value of the Kafka record is the JSON of the implementing record; everything about its
 * delivery (id, type, time, subject, project) travels in CloudEvents headers.
 */
public sealed interface SluiceEvent
    permits UploadEvent, ImportEvent, DatasetEvent, ProcessingEvent, VectorEvent {

  /** The project (tenant) the event belongs to; CloudEvents extension {@code project}. */
  String project();

  /** When it happened. */
  Instant occurredAt();

  /** The Kafka record key: events with the same key are delivered in order. */
  @JsonIgnore
  String key();

  /** CloudEvents {@code subject}, for example {@code datasets/wiki/versions/v1}. */
  @JsonIgnore
  String subject();

  /** The topic the event is said on. */
  @JsonIgnore
  default String topic() {
    return switch (this) {
      case UploadEvent e -> Topics.UPLOADS;
      case ImportEvent e -> Topics.UPLOADS;
      case DatasetEvent e -> Topics.DATASETS;
      case ProcessingEvent e -> Topics.PROCESSING;
      case VectorEvent e -> Topics.VECTORS;
    };
  }

  /** CloudEvents {@code type}, for example {@code dev.sluice.VersionCreated.v1}. */
  @JsonIgnore
  default String type() {
    return EventTypes.nameOf(getClass());
  }
}
