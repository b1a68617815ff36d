package dev.sluice.client.upload;

/** The draft version that files go into. */
public record UploadTarget(String project, String dataset, String version) {}
