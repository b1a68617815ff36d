package dev.sluice.client;

/** Asks for the vectors of a version. */
public record IndexRequest(String project, String dataset, String version) {}
