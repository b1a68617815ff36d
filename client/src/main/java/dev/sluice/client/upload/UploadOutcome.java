package dev.sluice.client.upload;

import org.jspecify.annotations.Nullable;

/**
 * What became of a file.
 *
 * @param uploadId empty when the service was never told of the file
 * @param sha256 lower-case hex, empty when the file was not read
 * @param partsSent parts sent now, not those stored before
 * @param reason why it was ignored or failed
 */
public record UploadOutcome(
    LocalFile file,
    UploadResult result,
    String uploadId,
    long size,
    String sha256,
    int partsSent,
    @Nullable String reason) {

  static UploadOutcome ignored(LocalFile file, String reason) {
    return new UploadOutcome(file, UploadResult.IGNORED, "", 0, "", 0, reason);
  }

  static UploadOutcome failed(LocalFile file, String reason) {
    return new UploadOutcome(file, UploadResult.FAILED, "", 0, "", 0, reason);
  }

  UploadOutcome ended(UploadResult otherResult, @Nullable String why) {
    return new UploadOutcome(file, otherResult, uploadId, size, sha256, partsSent, why);
  }

  UploadOutcome sent(int parts) {
    return new UploadOutcome(file, result, uploadId, size, sha256, parts, reason);
  }

  /** Whether the file is in the version now. */
  public boolean present() {
    return switch (result) {
      case UPLOADED, RESUMED, SKIPPED -> true;
      case IGNORED, FAILED -> false;
    };
  }
}
