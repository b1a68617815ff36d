package dev.sluice.upload.importing;

/** Tells whoever works on imports to look now. */
interface ImportSignal {
  /** There may be an import to do, or to end. */
  void wake();

  /** The import is over; work on it is in vain. */
  void stopped(ImportId id);
}
