package dev.sluice.upload.archive;

/**
 * How much may come out of an archive.
 *
 * @param maxBytes of all files together, expanded
 * @param maxFiles entries, folders counted too
 * @param maxRatio expanded bytes for each byte of the archive, beyond the first MiB
 */
public record ArchiveLimits(long maxBytes, int maxFiles, int maxRatio) {
  /** 1 TiB, 1,000,000 entries, ratio 100. */
  public static final ArchiveLimits DEFAULT = new ArchiveLimits(1L << 40, 1_000_000, 100);

  public ArchiveLimits {
    if (maxBytes < 1 || maxFiles < 1 || maxRatio < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: " + maxBytes + ", " + maxFiles + ", " + maxRatio);
    }
  }
}
