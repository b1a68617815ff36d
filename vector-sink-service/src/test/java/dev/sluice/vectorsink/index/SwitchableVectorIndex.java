package dev.sluice.vectorsink.index;

import dev.sluice.support.problem.CommonProblem.PartAway;
import io.qdrant.client.QdrantClient;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Qdrant where the development server runs, else the in-memory index; a test may take it away for a
 * number of calls.
 */
@Alternative
@Priority(1)
@Singleton
public class SwitchableVectorIndex implements VectorIndex {
  private final VectorIndex index;
  private final AtomicInteger awayFor = new AtomicInteger();

  SwitchableVectorIndex(QdrantClient client) {
    String kind =
        ConfigProvider.getConfig()
            .getOptionalValue("sluice.test.qdrant", String.class)
            .orElse("fake");
    this.index = kind.equals("real") ? new QdrantVectorIndex(client) : new InMemoryVectorIndex();
  }

  /** The next calls fail as when the server is away. */
  public void awayFor(int calls) {
    awayFor.set(calls);
  }

  @Override
  public Uni<Void> prepare(String collection, int dimension) {
    return call(() -> index.prepare(collection, dimension));
  }

  @Override
  public Uni<Map<UUID, Amendment>> find(String collection, Collection<UUID> ids) {
    return call(() -> index.find(collection, ids));
  }

  @Override
  public Uni<Void> upsert(String collection, List<Point> points) {
    return call(() -> index.upsert(collection, points));
  }

  @Override
  public Uni<Void> amend(String collection, Map<UUID, Amendment> changes) {
    return call(() -> index.amend(collection, changes));
  }

  @Override
  public Uni<Void> remove(String collection, PointFilter filter) {
    return call(() -> index.remove(collection, filter));
  }

  @Override
  public Uni<Void> remove(String collection, Collection<UUID> ids) {
    return call(() -> index.remove(collection, ids));
  }

  @Override
  public Uni<Long> count(String collection, PointFilter filter) {
    return call(() -> index.count(collection, filter));
  }

  @Override
  public Uni<PointPage> scroll(
      String collection, PointFilter filter, @Nullable UUID from, int limit) {
    return call(() -> index.scroll(collection, filter, from, limit));
  }

  @Override
  public Uni<Boolean> isGreen(String collection) {
    return call(() -> index.isGreen(collection));
  }

  @Override
  public Uni<List<ScoredPoint>> search(
      String collection, PointFilter filter, float[] question, int limit) {
    return call(() -> index.search(collection, filter, question, limit));
  }

  private <T> Uni<T> call(Supplier<Uni<T>> call) {
    return awayFor.getAndUpdate(n -> Math.max(0, n - 1)) > 0
        ? Uni.createFrom().failure(() -> new PartAway("Qdrant").exception())
        : call.get();
  }
}
