package dev.sluice.client;

/**
 * A question in plain words.
 *
 * @param version a version or {@code latest}
 * @param limit 1 to 100
 */
public record SearchRequest(
    String project, String dataset, String version, String query, int limit) {}
