package dev.sluice.processing.watch;

/** The run's source is on its way; looking again soon shows more. */
final class StillImporting extends RuntimeException {
  StillImporting(String saying) {
    super(saying, null, false, false);
  }
}
