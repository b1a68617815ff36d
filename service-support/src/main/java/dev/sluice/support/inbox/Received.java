package dev.sluice.support.inbox;

import dev.sluice.events.SluiceEvent;
import java.util.UUID;

/**
 * An event as a consumer gets it.
 *
 * @param eventId the CloudEvents id; equal ids are the same event
 */
public record Received(UUID eventId, SluiceEvent event) {}
