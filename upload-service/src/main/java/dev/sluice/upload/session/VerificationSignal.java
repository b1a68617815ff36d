package dev.sluice.upload.session;

/** Told that an upload waits to be read back. */
public interface VerificationSignal {
  /** Looks soon; returns at once. */
  void wake();
}
