package dev.sluice.vectorsink.index;

import java.util.UUID;

/**
 * What the database keeps beside a vector.
 *
 * @param recipe digest of the recipe that made the point
 * @param path of the file that the text comes from
 * @param sourceSha256 of that file
 * @param versions that hold the point
 */
public record PointPayload(
    UUID datasetId,
    String dataset,
    String recipe,
    String recordKey,
    int chunkNo,
    String text,
    String textDigest,
    String path,
    String sourceSha256,
    Membership versions) {

  /** The same point with what may change from version to version. */
  public PointPayload amended(Amendment change) {
    return new PointPayload(
        datasetId,
        dataset,
        recipe,
        recordKey,
        chunkNo,
        text,
        textDigest,
        change.path(),
        change.sourceSha256(),
        change.versions());
  }

  /** What of it may change from version to version. */
  public Amendment changeable() {
    return new Amendment(path, sourceSha256, versions);
  }
}
