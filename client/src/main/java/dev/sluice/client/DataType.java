package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The one kind of files a dataset holds. */
public enum DataType {
  /** Documents and plain text. */
  @JsonProperty("text")
  TEXT,
  /** Pictures. */
  @JsonProperty("image")
  IMAGE,
  /** Moving pictures. */
  @JsonProperty("video")
  VIDEO,
  /** Sound. */
  @JsonProperty("audio")
  AUDIO,
  /** CSV, Parquet and other rows. */
  @JsonProperty("table")
  TABLE,
  /** Anything. */
  @JsonProperty("binary")
  BINARY
}
