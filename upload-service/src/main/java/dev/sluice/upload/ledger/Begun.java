package dev.sluice.upload.ledger;

import dev.sluice.upload.problem.UploadProblem;

/** What became of a file that was announced. */
public sealed interface Begun {
  /** It has an upload: a new one, or one that was there. */
  record Accepted(Upload upload) implements Begun {}

  /** It cannot be taken. */
  record Refused(NewFile file, UploadProblem problem) implements Begun {}
}
