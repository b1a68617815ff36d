package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the index of a version stands. */
public enum IndexState {
  /** Known, not begun. */
  @JsonProperty("pending")
  PENDING,
  /** Vectors are being made and written. */
  @JsonProperty("indexing")
  INDEXING,
  /** Counted and searchable. */
  @JsonProperty("indexed")
  INDEXED,
  /** Given up; the reason is given. */
  @JsonProperty("failed")
  FAILED
}
