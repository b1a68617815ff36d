package dev.sluice.upload.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.problem.UploadProblem.ImportNotFound;
import java.time.Instant;
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

  /** That of a schedule's import for a period, the same whoever asks; in the order of time too. */
  static ImportId due(UUID schedule, Instant at) {
    long millis = at.toEpochMilli();
    UUID hash = UUID.nameUUIDFromBytes((schedule + "@" + millis).getBytes(UTF_8));
    long high = (millis << 16) | 0x7000L | (hash.getMostSignificantBits() & 0xfffL);
    return new ImportId(new UUID(high, hash.getLeastSignificantBits()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
