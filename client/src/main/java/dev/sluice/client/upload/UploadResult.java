package dev.sluice.client.upload;

/** How it ended for a file. */
public enum UploadResult {
  /** All its parts were sent and verified. */
  UPLOADED,
  /** Only the parts that were missing were sent. */
  RESUMED,
  /** The identical file was there. */
  SKIPPED,
  /** The project holds the same bytes elsewhere: nothing was sent. */
  DEDUPLICATED,
  /** It does not belong into the dataset. */
  IGNORED,
  /** It is not in the version; the reason says why. */
  FAILED
}
