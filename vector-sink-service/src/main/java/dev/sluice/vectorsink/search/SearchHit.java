package dev.sluice.vectorsink.search;

import dev.sluice.vectorsink.index.PointPayload;
import dev.sluice.vectorsink.index.ScoredPoint;

/**
 * A piece of text near the question.
 *
 * @param score cosine, 1 is nearest
 * @param path of the file that the text comes from
 * @param version that was searched
 */
record SearchHit(
    double score,
    String text,
    String path,
    String dataset,
    String version,
    String recordKey,
    int chunkNo,
    String pointId) {

  static SearchHit of(ScoredPoint point, String dataset, String version) {
    PointPayload payload = point.payload();
    return new SearchHit(
        point.score(),
        payload.text(),
        payload.path(),
        dataset,
        version,
        payload.recordKey(),
        payload.chunkNo(),
        point.id().toString());
  }
}
