package dev.sluice.upload.ledger;

import dev.sluice.upload.problem.UploadProblem.UploadNotFound;
import java.util.UUID;

/** Names one upload. */
public record UploadId(UUID value) {
  /**
   * From the text in an address.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 when it cannot be an id
   */
  public static UploadId of(String text) {
    try {
      return new UploadId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new UploadNotFound(text).exception();
    }
  }

  /** A new one, in the order of time. */
  public static UploadId fresh(long epochMillis) {
    UUID random = UUID.randomUUID();
    long high = (epochMillis << 16) | 0x7000L | (random.getMostSignificantBits() & 0xfffL);
    return new UploadId(new UUID(high, random.getLeastSignificantBits()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
