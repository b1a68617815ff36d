package dev.sluice.support.storage;

/**
 * What the store says about an object.
 *
 * @param size bytes
 * @param etag without quotes
 */
public record StoredObject(String key, long size, String etag) {}
