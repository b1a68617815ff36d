package dev.sluice.upload.ledger;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Where an upload stands; each transition exists only on the states that allow it. */
public sealed interface UploadState {
  /** Since when. */
  Instant since();

  /** Its name in requests and tables. */
  default String label() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** A state that can still be given up. */
  sealed interface Live extends UploadState {
    /** A person, a newer file or time gave it up. */
    default Aborted aborted(String reason, Instant at) {
      return new Aborted(reason, at);
    }
  }

  /**
   * Takes parts.
   *
   * @param expiresAt when it is given up unless it is complete
   * @param reason why parts are wanted again, after they were read back; else empty
   */
  record Open(Instant since, Instant expiresAt, Optional<String> reason) implements Live {
    /** Takes its first parts. */
    public Open(Instant since, Instant expiresAt) {
      this(since, expiresAt, Optional.empty());
    }

    /** All parts are merged; reading back begins. */
    public Verifying verifying(Instant at) {
      return new Verifying(at);
    }
  }

  /** The object is stored and is read back. */
  record Verifying(Instant since) implements Live {
    /** What was read is what was announced. */
    public Completed completed(String mediaType, String crc32c, Instant at) {
      return new Completed(mediaType, Optional.of(crc32c), at);
    }

    /** The content does not belong into the dataset. */
    public Ignored ignored(String mediaType, String reason, Instant at) {
      return new Ignored(mediaType, reason, at);
    }

    /** Some parts were not what was announced; the others are kept. */
    public Open reopened(String reason, Instant at, Instant expiresAt) {
      return new Open(at, expiresAt, Optional.of(reason));
    }

    /** What was read is not what was announced. */
    public Failed failed(String reason, Instant at) {
      return new Failed(reason, at);
    }
  }

  /**
   * Proved, and part of the draft.
   *
   * @param crc32c over the whole file, 8 lower-case hex digits; empty when it was never reckoned
   */
  record Completed(String mediaType, Optional<String> crc32c, Instant since)
      implements UploadState {}

  /** Given up; its bytes are thrown away. */
  record Aborted(String reason, Instant since) implements UploadState {}

  /** Left out, because its type does not belong. */
  record Ignored(String mediaType, String reason, Instant since) implements UploadState {}

  /** Broken on its way; its bytes are thrown away. */
  record Failed(String reason, Instant since) implements UploadState {}
}
