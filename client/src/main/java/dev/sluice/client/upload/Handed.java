package dev.sluice.client.upload;

import dev.sluice.client.Upload;

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

  /** By what the service says of the upload. */
  static Handed of(Upload upload, UploadOutcome outcome) {
    return switch (upload.state()) {
      case OPEN, VERIFYING -> verifying(outcome);
      case COMPLETED -> done(outcome);
      case IGNORED -> done(outcome.ended(UploadResult.IGNORED, upload.reason()));
      case ABORTED, FAILED -> done(outcome.ended(UploadResult.FAILED, upload.reason()));
    };
  }
}
