package dev.sluice.catalog.project;

import java.time.Instant;

/**
 * A tenant.
 *
 * @param name DNS label, never changes
 * @param bucket where its objects are
 */
public record Project(
    String name, String displayName, String createdBy, Instant createdAt, String bucket) {}
