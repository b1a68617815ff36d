package dev.sluice.upload.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadState;
import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.ledger.UploadState.Verifying;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload as clients see it.
 *
 * @param mediaType by its content, known at the end
 * @param state open, verifying, completed, aborted, ignored or failed
 * @param partSize bytes of every part but the last
 * @param sha256 of the whole file; absent until the client has told it
 * @param reason why it was aborted or ignored, has failed, or wants parts again
 * @param expiresAt when an open upload is given up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UploadView(
    String uploadId,
    String project,
    String dataset,
    String version,
    String path,
    long size,
    @Nullable String sha256,
    @Nullable String mediaType,
    String state,
    long partSize,
    int partCount,
    @Nullable String reason,
    String createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt) {

  /** The upload's outer form. */
  public static UploadView of(Upload upload) {
    return new UploadView(
        upload.id().toString(),
        upload.target().project(),
        upload.target().dataset(),
        upload.target().version(),
        upload.path().value(),
        upload.content().size(),
        upload.content().sha256().orElse(null),
        mediaType(upload.state()),
        upload.state().label(),
        upload.plan().partSize(),
        upload.plan().partCount(),
        reason(upload.state()),
        upload.createdBy(),
        upload.createdAt(),
        upload.state() instanceof Open open ? open.expiresAt() : null);
  }

  private static @Nullable String mediaType(UploadState state) {
    return switch (state) {
      case Completed s -> s.mediaType();
      case Ignored s -> s.mediaType();
      case Open s -> null;
      case Verifying s -> null;
      case Aborted s -> null;
      case Failed s -> null;
    };
  }

  private static @Nullable String reason(UploadState state) {
    return switch (state) {
      case Aborted s -> s.reason();
      case Ignored s -> s.reason();
      case Failed s -> s.reason();
      case Open s -> s.reason().orElse(null);
      case Verifying s -> null;
      case Completed s -> null;
    };
  }
}
