package dev.sluice.upload.importing;

import java.time.Instant;
import java.util.Locale;

/** Where an import stands; each transition exists only on the states that allow it. */
sealed interface ImportState {
  /** Since when. */
  Instant since();

  /** Its name in requests and tables. */
  default String label() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** A state that a person can still stop. */
  sealed interface Live extends ImportState {
    /** A person stopped it. */
    default Cancelled cancelled(String by, Instant at) {
      return new Cancelled(by, at);
    }
  }

  /** Waits for a replica. */
  record Requested(Instant since) implements Live {
    /** A replica took it. */
    Running running(Instant at) {
      return new Running(at);
    }
  }

  /** A replica brings files, or will again when its lease is over. */
  record Running(Instant since) implements Live {
    /** All files are there; the catalog makes the version. */
    Committing committing(Instant at) {
      return new Committing(at);
    }

    /** The source has nothing that was not there before. */
    Unchanged unchanged(Instant at) {
      return new Unchanged(at);
    }

    /** It cannot be done, or not now. */
    Failed failed(String code, String reason, Instant at) {
      return new Failed(code, reason, at);
    }
  }

  /** The catalog makes the version. */
  record Committing(Instant since) implements ImportState {
    /** The version is sealed. */
    Succeeded succeeded(Instant at) {
      return new Succeeded(at);
    }

    /** The catalog dropped the draft. */
    Failed failed(String code, String reason, Instant at) {
      return new Failed(code, reason, at);
    }
  }

  /** Its version is sealed. */
  record Succeeded(Instant since) implements ImportState {}

  /** There was nothing new; no version was made. */
  record Unchanged(Instant since) implements ImportState {}

  /**
   * It ended without a version.
   *
   * @param code short, for programs
   * @param reason a sentence for a person
   */
  record Failed(String code, String reason, Instant since) implements ImportState {
    /** A person wants another try. */
    Requested retried(Instant at) {
      return new Requested(at);
    }
  }

  /** A person stopped it. */
  record Cancelled(String by, Instant since) implements ImportState {}
}
