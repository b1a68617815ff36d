package dev.sluice.client.download;

/** How it ended for a file. */
public enum DownloadResult {
  /** All its bytes came now. */
  DOWNLOADED,
  /** What was missing came now. */
  RESUMED,
  /** The identical file was there. */
  PRESENT,
  /** It would be downloaded. */
  PLANNED,
  /** Its bytes were erased for good. */
  ERASED,
  /** It is not there; the reason says why. */
  FAILED
}
