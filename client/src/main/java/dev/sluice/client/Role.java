package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a member may do in a project; each role may do all that the one before may do. */
public enum Role {
  /** Reads and searches. */
  @JsonProperty("viewer")
  VIEWER,
  /** Uploads, seals and processes. */
  @JsonProperty("editor")
  EDITOR,
  /** Invites members and deletes. */
  @JsonProperty("owner")
  OWNER
}
