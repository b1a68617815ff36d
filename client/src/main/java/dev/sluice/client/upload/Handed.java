package dev.sluice.client.upload;

/** A file after its bytes were handed over. */
sealed interface Handed {

  UploadOutcome outcome();

  /** Nothing more will happen to it. */
  record Done(UploadOutcome outcome) implements Handed {}

  /** The outcome if the service finds what was announced. */
  record Verifying(UploadOutcome outcome) implements Handed {}

  static Handed done(UploadOutcome outcome) {
    return new Done(outcome);
  }

  static Handed verifying(UploadOutcome outcome) {
    return new Verifying(outcome);
  }
}
