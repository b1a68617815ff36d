package dev.sluice.vectorsink.index;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A vector index of maps that passes the same contract as Qdrant. */
public final class InMemoryVectorIndex implements VectorIndex {
  private final Map<String, NavigableMap<UUID, Point>> collections = new ConcurrentHashMap<>();

  @Override
  public Uni<Void> prepare(String collection, int dimension) {
    return done(() -> collections.putIfAbsent(collection, new TreeMap<>()));
  }

  @Override
  public Uni<Map<UUID, Amendment>> find(String collection, Collection<UUID> ids) {
    return locked(
        () -> {
          Map<UUID, Amendment> found = new HashMap<>();
          for (UUID id : ids) {
            Point point = points(collection).get(id);
            if (point != null) {
              found.put(id, point.payload().changeable());
            }
          }
          return found;
        });
  }

  @Override
  public Uni<Void> upsert(String collection, List<Point> points) {
    return done(() -> points.forEach(point -> points(collection).put(point.id(), point)));
  }

  @Override
  public Uni<Void> amend(String collection, Map<UUID, Amendment> changes) {
    return done(
        () ->
            changes.forEach(
                (id, change) ->
                    points(collection)
                        .computeIfPresent(
                            id,
                            (same, point) ->
                                new Point(id, point.vector(), point.payload().amended(change)))));
  }

  @Override
  public Uni<Void> remove(String collection, PointFilter filter) {
    return done(() -> points(collection).values().removeIf(point -> matches(filter, point)));
  }

  @Override
  public Uni<Void> remove(String collection, Collection<UUID> ids) {
    return done(() -> points(collection).keySet().removeAll(ids));
  }

  @Override
  public Uni<Long> count(String collection, PointFilter filter) {
    return locked(
        () -> points(collection).values().stream().filter(p -> matches(filter, p)).count());
  }

  @Override
  public Uni<PointPage> scroll(
      String collection, PointFilter filter, @Nullable UUID from, int limit) {
    return locked(
        () -> {
          NavigableMap<UUID, Point> all = points(collection);
          List<Point> rest =
              (from == null ? all : all.tailMap(from, true))
                  .values().stream().filter(p -> matches(filter, p)).limit(limit + 1L).toList();
          Map<UUID, Amendment> page =
              rest.stream()
                  .limit(limit)
                  .collect(Collectors.toMap(Point::id, p -> p.payload().changeable()));
          return new PointPage(page, rest.size() > limit ? rest.getLast().id() : null);
        });
  }

  @Override
  public Uni<Boolean> isGreen(String collection) {
    return Uni.createFrom().item(true);
  }

  @Override
  public Uni<List<ScoredPoint>> search(
      String collection, PointFilter filter, float[] question, int limit) {
    return locked(
        () ->
            points(collection).values().stream()
                .filter(p -> matches(filter, p))
                .map(p -> new ScoredPoint(p.id(), cosine(question, p.vector()), p.payload()))
                .sorted(Comparator.comparingDouble(ScoredPoint::score).reversed())
                .limit(limit)
                .toList());
  }

  private NavigableMap<UUID, Point> points(String collection) {
    return collections.getOrDefault(collection, new TreeMap<>());
  }

  private static boolean matches(PointFilter filter, Point point) {
    PointPayload payload = point.payload();
    Integer version = filter.version();
    return payload.datasetId().equals(filter.datasetId())
        && (filter.recipe() == null || filter.recipe().equals(payload.recipe()))
        && (filter.sourceSha256() == null || filter.sourceSha256().equals(payload.sourceSha256()))
        && (version == null || payload.versions().contains(version))
        && filter.butNot().versions().stream().noneMatch(payload.versions()::contains);
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      lengthA += (double) a[i] * a[i];
      lengthB += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(lengthA * lengthB);
  }

  private Uni<Void> done(Runnable change) {
    return locked(
            () -> {
              change.run();
              return true;
            })
        .replaceWithVoid();
  }

  private <T> Uni<T> locked(Supplier<T> work) {
    return Uni.createFrom()
        .item(
            () -> {
              synchronized (this) {
                return work.get();
              }
            });
  }
}
