package dev.sluice.client.upload;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file.
 *
 * @param uploadId empty when the service was never told of the file
 * @param sha256 lower-case hex, empty when the file was not read to its end
 * @param partsSent parts sent now, not those stored before
 * @param bytesSent bytes of those parts
 * @param reason why it was ignored or failed
 */
public record UploadOutcome(
    LocalFile file,
    UploadResult result,
    String uploadId,
    long size,
    String sha256,
    int partsSent,
    long bytesSent,
    @Nullable String reason) {

  static UploadOutcome of(LocalFile file, String uploadId, long size, @Nullable String sha256) {
    return new UploadOutcome(
        file,
        UploadResult.UPLOADED,
        uploadId,
        size,
        Objects.requireNonNullElse(sha256, ""),
        0,
        0,
        null);
  }

  static UploadOutcome ignored(LocalFile file, String reason) {
    return of(file, "", 0, null).ended(UploadResult.IGNORED, reason);
  }

  static UploadOutcome failed(LocalFile file, String reason) {
    return of(file, "", 0, null).ended(UploadResult.FAILED, reason);
  }

  UploadOutcome ended(UploadResult otherResult, @Nullable String why) {
    return new UploadOutcome(file, otherResult, uploadId, size, sha256, partsSent, bytesSent, why);
  }

  UploadOutcome with(String otherId) {
    return new UploadOutcome(file, result, otherId, size, sha256, partsSent, bytesSent, reason);
  }

  UploadOutcome hashed(@Nullable String digest) {
    String known = Objects.requireNonNullElse(digest, "");
    return new UploadOutcome(file, result, uploadId, size, known, partsSent, bytesSent, reason);
  }

  /** So many more were sent. */
  UploadOutcome sent(int parts, long bytes) {
    return new UploadOutcome(
        file, result, uploadId, size, sha256, partsSent + parts, bytesSent + bytes, reason);
  }

  /** Whether the file is in the version now. */
  public boolean present() {
    return switch (result) {
      case UPLOADED, RESUMED, SKIPPED, DEDUPLICATED -> true;
      case IGNORED, FAILED -> false;
    };
  }
}
