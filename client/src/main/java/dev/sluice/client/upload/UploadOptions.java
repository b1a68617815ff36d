package dev.sluice.client.upload;

import dev.sluice.client.RetryPolicy;
import java.time.Duration;

/**
 * How much happens at once. Memory does not grow with file sizes: parts are streamed.
 *
 * @param parallelFiles large files in progress
 * @param parallelParts parts on the wire, over all files
 * @param parallelSmall small files on the wire
 * @param urlBatch URLs asked for at once, late enough not to expire unused
 * @param batchFiles small files announced at once, at most 1,000
 * @param smallBytes files up to here are small: one part, control calls together
 * @param retries of a part; calls of the API have the client's own
 * @param verifyPatience longest wait for the service to verify anything more
 */
public record UploadOptions(
    int parallelFiles,
    int parallelParts,
    int parallelSmall,
    int urlBatch,
    int batchFiles,
    long smallBytes,
    RetryPolicy retries,
    Duration verifyPatience) {

  /** Four large files, eight parts, sixteen small files, half a minute of trying. */
  public static final UploadOptions STANDARD =
      new UploadOptions(
          4, 8, 16, 32, 1_000, 8L << 20, RetryPolicy.STANDARD, Duration.ofMinutes(10));

  public UploadOptions {
    require("parallelFiles", parallelFiles, 64);
    require("parallelParts", parallelParts, 256);
    require("parallelSmall", parallelSmall, 256);
    require("urlBatch", urlBatch, 10_000);
    require("batchFiles", batchFiles, 1_000);
    if (smallBytes < 0) {
      throw new IllegalArgumentException("smallBytes must not be negative: " + smallBytes);
    }
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be 1 to " + most + ", not " + value);
    }
  }
}
