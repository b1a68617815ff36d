package dev.sluice.support.inbox;

import dev.sluice.events.SluiceEvent;
import java.util.UUID;

/**
 * An event as a consumer gets it.
 *
 * @param eventId the CloudEvents id; equal ids are the same event
 * @param traceparent W3C trace context of whoever said it; empty text when there is none
 */
public record Received(UUID eventId, SluiceEvent event, String traceparent) {
  /** An event that belongs to no trace. */
  public Received(UUID eventId, SluiceEvent event) {
    this(eventId, event, "");
  }
}
