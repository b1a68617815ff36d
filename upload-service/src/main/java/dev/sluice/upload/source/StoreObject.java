package dev.sluice.upload.source;

/**
 * An object of Sluice's own store, which it can copy without bytes passing through a service.
 *
 * @param etag without quotes; a copy is made on the condition that the object still has it
 */
public record StoreObject(String bucket, String key, String etag) {}
