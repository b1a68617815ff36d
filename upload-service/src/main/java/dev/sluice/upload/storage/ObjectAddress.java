package dev.sluice.upload.storage;

import dev.sluice.upload.file.ObjectKey;

/** Where an object lies in the store. */
public record ObjectAddress(String bucket, ObjectKey key) {}
