package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** Files of a version by the state of their newest upload. */
public record UploadSummary(
    @Nullable Sum open,
    @Nullable Sum verifying,
    @Nullable Sum completed,
    @Nullable Sum ignored,
    @Nullable Sum failed,
    @Nullable Sum aborted) {

  /** So many files with so many bytes. */
  public record Sum(long files, long bytes) {}

  /** Files that are still read back. */
  public long filesVerifying() {
    return verifying == null ? 0 : verifying.files();
  }
}
