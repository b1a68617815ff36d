package dev.sluice.upload.importing;

import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.problem.UploadProblem.ImportNotFound;
import java.util.UUID;

/** Names one import. */
public record ImportId(UUID value) {
  /**
   * From the text in an address.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 when it cannot be an id
   */
  public static ImportId of(String text) {
    try {
      return new ImportId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new ImportNotFound(text).exception();
    }
  }

  /** A new one, in the order of time. */
  static ImportId fresh(long epochMillis) {
    return new ImportId(UploadId.fresh(epochMillis).value());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
