package dev.sluice.upload.importing;

import java.time.Instant;
import java.util.UUID;

/**
 * An order that is followed again and again.
 *
 * @param nextAt when it is due
 */
record Schedule(
    UUID id,
    ImportOrder order,
    Period every,
    String requestedBy,
    Instant createdAt,
    Instant nextAt) {}
