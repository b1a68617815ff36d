package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an upload stands. */
public enum UploadState {
  /** Takes parts. */
  @JsonProperty("open")
  OPEN,
  /** Stored, being read back. */
  @JsonProperty("verifying")
  VERIFYING,
  /** Read back, equal, and part of the draft. */
  @JsonProperty("completed")
  COMPLETED,
  /** Given up by a person. */
  @JsonProperty("aborted")
  ABORTED,
  /** Of a type that does not belong to the dataset. */
  @JsonProperty("ignored")
  IGNORED,
  /** What came in is not what was announced. */
  @JsonProperty("failed")
  FAILED
}
