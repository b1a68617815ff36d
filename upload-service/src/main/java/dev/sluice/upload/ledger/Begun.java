package dev.sluice.upload.ledger;

import dev.sluice.upload.problem.UploadProblem;

/** What became of a file that was announced. */
public sealed interface Begun {
  /**
   * It has an upload.
   *
   * @param fresh whether it was made now, and not found
   */
  record Accepted(Upload upload, boolean fresh) implements Begun {
    /** Whether it ended as it began, because the project holds its bytes under another name. */
    public boolean deduplicated() {
      return fresh && upload.held();
    }
  }

  /** It cannot be taken. */
  record Refused(NewFile file, UploadProblem problem) implements Begun {}
}
