package dev.sluice.upload.ledger;

import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.ledger.UploadState.Verifying;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state as its columns, both ways. */
record UploadStateColumns(
    String state,
    Instant since,
    @Nullable Instant expiresAt,
    @Nullable String mediaType,
    @Nullable String crc32c,
    @Nullable String reason) {

  static UploadStateColumns of(UploadState state) {
    String label = state.label();
    return switch (state) {
      case Open s ->
          new UploadStateColumns(
              label, s.since(), s.expiresAt(), null, null, s.reason().orElse(null));
      case Verifying s -> new UploadStateColumns(label, s.since(), null, null, null, null);
      case Completed s ->
          new UploadStateColumns(
              label, s.since(), null, s.mediaType(), s.crc32c().orElse(null), null);
      case Aborted s -> new UploadStateColumns(label, s.since(), null, null, null, s.reason());
      case Ignored s ->
          new UploadStateColumns(label, s.since(), null, s.mediaType(), null, s.reason());
      case Failed s -> new UploadStateColumns(label, s.since(), null, null, null, s.reason());
    };
  }

  UploadState toState() {
    return switch (state) {
      case "open" ->
          new Open(since, Objects.requireNonNull(expiresAt), Optional.ofNullable(reason));
      case "verifying" -> new Verifying(since);
      case "completed" ->
          new Completed(Objects.requireNonNull(mediaType), Optional.ofNullable(crc32c), since);
      case "aborted" -> new Aborted(Objects.requireNonNull(reason), since);
      case "ignored" ->
          new Ignored(Objects.requireNonNull(mediaType), Objects.requireNonNull(reason), since);
      case "failed" -> new Failed(Objects.requireNonNull(reason), since);
      default -> throw new IllegalStateException("unknown state of an upload: " + state);
    };
  }

  /**
   * Whether something of the upload may be left in the store that nobody wants.
   *
   * @param staged whether its bytes wait under a key of their own until they are proved
   */
  boolean leavesRubbish(boolean staged) {
    return switch (toState()) {
      case Open s -> false;
      case Verifying s -> false;
      case Completed s -> staged;
      case Aborted s -> true;
      case Ignored s -> true;
      case Failed s -> true;
    };
  }
}
