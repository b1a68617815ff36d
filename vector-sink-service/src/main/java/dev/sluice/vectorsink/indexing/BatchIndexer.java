package dev.sluice.vectorsink.indexing;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.vectorsink.embedding.EmbeddingService;
import dev.sluice.vectorsink.index.Amendment;
import dev.sluice.vectorsink.index.Membership;
import dev.sluice.vectorsink.index.Point;
import dev.sluice.vectorsink.index.PointPayload;
import dev.sluice.vectorsink.index.VectorIndex;
import dev.sluice.vectorsink.source.TextRow;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Brings one batch of rows into the index; doing it twice changes nothing. */
@ApplicationScoped
class BatchIndexer {
  private static final String POINTS = "sluice.vectorsink.points";

  private final VectorIndex index;
  private final EmbeddingService embeddings;
  private final MeterRegistry metrics;

  BatchIndexer(VectorIndex index, EmbeddingService embeddings, MeterRegistry metrics) {
    this.index = index;
    this.embeddings = embeddings;
    this.metrics = metrics;
  }

  /** Embeds only texts that have no point yet; completes with the number of points meant. */
  Uni<Integer> index(IndexingJob job, List<TextRow> rows) {
    Map<UUID, TextRow> byPoint = new LinkedHashMap<>();
    job.allowed(rows).forEach(row -> byPoint.putIfAbsent(job.pointOf(row), row));
    return index
        .find(job.collection(), byPoint.keySet())
        .flatMap(known -> write(job, byPoint, known))
        .invoke(() -> CrashPoint.hit("indexing.afterWrite"))
        .replaceWith(byPoint.size());
  }

  private Uni<Void> write(IndexingJob job, Map<UUID, TextRow> rows, Map<UUID, Amendment> known) {
    Map<UUID, Amendment> changes = changes(job, rows, known);
    Map<UUID, TextRow> fresh = new LinkedHashMap<>(rows);
    fresh.keySet().removeAll(known.keySet());
    count("embedded", fresh.size());
    count("amended", changes.size());
    count("kept", known.size() - changes.size());
    return embeddings
        .embed(fresh.values().stream().map(TextRow::text).toList())
        .map(vectors -> points(job, fresh, vectors))
        .flatMap(points -> index.upsert(job.collection(), points))
        .flatMap(written -> index.amend(job.collection(), changes));
  }

  private static Map<UUID, Amendment> changes(
      IndexingJob job, Map<UUID, TextRow> rows, Map<UUID, Amendment> known) {
    Map<UUID, Amendment> changes = new HashMap<>();
    known.forEach(
        (id, before) -> {
          TextRow row = rows.get(id);
          Membership versions = before.versions().with(job.version(), job.line());
          Amendment after =
              row != null && job.line().isNewest(job.version())
                  ? new Amendment(row.path(), row.sourceSha256(), versions)
                  : before.heldBy(versions);
          if (!after.equals(before)) {
            changes.put(id, after);
          }
        });
    return changes;
  }

  private static List<Point> points(
      IndexingJob job, Map<UUID, TextRow> rows, List<float[]> vectors) {
    Membership versions = Membership.startingAt(job.version(), job.line());
    List<Point> points = new ArrayList<>(rows.size());
    rows.forEach(
        (id, row) ->
            points.add(new Point(id, vectors.get(points.size()), payload(job, row, versions))));
    return points;
  }

  private static PointPayload payload(IndexingJob job, TextRow row, Membership versions) {
    return new PointPayload(
        job.indexing().datasetId(),
        job.indexing().key().dataset(),
        job.indexing().recipeDigest(),
        row.recordKey(),
        row.chunkNo(),
        row.text(),
        row.textDigest(),
        row.path(),
        row.sourceSha256(),
        versions);
  }

  private void count(String action, int points) {
    metrics.counter(POINTS, "action", action).increment(points);
  }
}
