package dev.sluice.client.download;

import dev.sluice.client.RetryPolicy;
import java.time.Duration;

/**
 * How much happens at once. Memory grows neither with files nor with their number.
 *
 * @param parallel files on the wire
 * @param addresses asked for at once, at most 10,000
 * @param keepFrom files from this size on go on where an attempt before stopped
 * @param retries of a file without a byte coming; calls of the API have the client's own
 * @param patience without a byte
 * @param dryRun only look at what is here
 */
public record DownloadOptions(
    int parallel,
    int addresses,
    long keepFrom,
    RetryPolicy retries,
    Duration patience,
    boolean dryRun) {

  /** Sixteen files at once. */
  public static final DownloadOptions STANDARD =
      new DownloadOptions(16, 1_000, 1L << 20, RetryPolicy.STANDARD, Duration.ofSeconds(60), false);

  public DownloadOptions {
    require("parallel", parallel, 256);
    require("addresses", addresses, 10_000);
  }

  /** The same with so many files at once. */
  public DownloadOptions parallel(int files) {
    return new DownloadOptions(files, addresses, keepFrom, retries, patience, dryRun);
  }

  /** The same, fetching nothing. */
  public DownloadOptions dry() {
    return new DownloadOptions(parallel, addresses, keepFrom, retries, patience, true);
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be 1 to " + most + ", not " + value);
    }
  }
}
