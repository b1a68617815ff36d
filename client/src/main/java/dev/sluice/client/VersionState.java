package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a version stands in its life. */
public enum VersionState {
  /** Open: files come and go. */
  @JsonProperty("draft")
  DRAFT,
  /** The content is final and its digest known. */
  @JsonProperty("sealed")
  SEALED,
  /** Sealed and recommended by the owner. */
  @JsonProperty("released")
  RELEASED,
  /** No longer to be used. */
  @JsonProperty("withdrawn")
  WITHDRAWN
}
