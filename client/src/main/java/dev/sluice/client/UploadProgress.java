package dev.sluice.client;

/** How much of an upload the service knows to be stored. */
public record UploadProgress(int partsDone, int partsTotal, long bytesDone, long bytesTotal) {}
