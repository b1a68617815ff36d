package dev.sluice.client;

/** A part in the store; numbers count from 1. */
public record Chunk(int partNumber, long size, String etag) {}
