package dev.sluice.client.upload;

import dev.sluice.client.RetryPolicy;
import java.time.Duration;

/**
 * How much happens at once. Memory does not grow with file sizes: parts are streamed.
 *
 * @param parallelFiles files in progress
 * @param parallelParts parts on the wire, over all files
 * @param urlBatch URLs asked for at once, late enough not to expire unused
 * @param retries of a part; calls of the API have the client's own
 * @param verifyPatience longest wait for the service to verify anything more
 */
public record UploadOptions(
    int parallelFiles,
    int parallelParts,
    int urlBatch,
    RetryPolicy retries,
    Duration verifyPatience) {

  /** Eight files, six parts, half a minute of trying. */
  public static final UploadOptions STANDARD =
      new UploadOptions(8, 6, 24, RetryPolicy.STANDARD, Duration.ofMinutes(10));

  public UploadOptions {
    if (parallelFiles < 1 || parallelParts < 1 || urlBatch < 1 || urlBatch > 10_000) {
      throw new IllegalArgumentException(
          "files, parts and URLs at once must be at least 1 (URLs at most 10,000): "
              + parallelFiles
              + ", "
              + parallelParts
              + ", "
              + urlBatch);
    }
  }
}
