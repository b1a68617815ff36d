package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an import stands. */
public enum ImportState {
  /** Waits to be worked on. */
  @JsonProperty("requested")
  REQUESTED,
  /** Lists, compares, brings. */
  @JsonProperty("running")
  RUNNING,
  /** All files are there; the version is being sealed. */
  @JsonProperty("committing")
  COMMITTING,
  /** Its version is sealed. */
  @JsonProperty("succeeded")
  SUCCEEDED,
  /** There was nothing new; no version was made. */
  @JsonProperty("unchanged")
  UNCHANGED,
  /** Ended without a version; the reason is given, and it can be tried again. */
  @JsonProperty("failed")
  FAILED,
  /** Stopped by a person. */
  @JsonProperty("cancelled")
  CANCELLED;

  /** Whether nothing will change any more, unless it is tried again. */
  public boolean ended() {
    return switch (this) {
      case SUCCEEDED, UNCHANGED, FAILED, CANCELLED -> true;
      case REQUESTED, RUNNING, COMMITTING -> false;
    };
  }
}
