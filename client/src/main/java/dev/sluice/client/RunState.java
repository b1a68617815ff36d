package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a run stands. */
public enum RunState {
  /** Accepted, not yet with Ray. */
  @JsonProperty("requested")
  REQUESTED,
  /** Handed to Ray. */
  @JsonProperty("submitted")
  SUBMITTED,
  /** At work. */
  @JsonProperty("running")
  RUNNING,
  /** The work is done, its version is being sealed. */
  @JsonProperty("committing")
  COMMITTING,
  /** Its version exists. */
  @JsonProperty("succeeded")
  SUCCEEDED,
  /** Ended without a version; the reason is given. */
  @JsonProperty("failed")
  FAILED,
  /** Stopped by a person. */
  @JsonProperty("cancelled")
  CANCELLED;

  /** Whether nothing will change any more. */
  public boolean ended() {
    return switch (this) {
      case SUCCEEDED, FAILED, CANCELLED -> true;
      case REQUESTED, SUBMITTED, RUNNING, COMMITTING -> false;
    };
  }
}
