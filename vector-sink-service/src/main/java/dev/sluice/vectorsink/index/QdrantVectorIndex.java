package dev.sluice.vectorsink.index;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.QueryFactory.nearest;
import static io.qdrant.client.VectorsFactory.vectors;
import static io.qdrant.client.WithPayloadSelectorFactory.enable;
import static io.qdrant.client.WithPayloadSelectorFactory.include;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Qdrant through its own client. Writes wait until they are applied. Unless the server's API key is
 * read-only for us it needs the rights to create collections and payload indexes.
 */
public final class QdrantVectorIndex implements VectorIndex {
  private static final WithPayloadSelector CHANGEABLE =
      include(
          List.of(
              PayloadFields.PATH,
              PayloadFields.SOURCE_SHA256,
              PayloadFields.FROM,
              PayloadFields.TO,
              PayloadFields.ALSO));

  private final QdrantClient client;
  private final QdrantCollections collections;

  /** Uses a client that the caller closes. */
  public QdrantVectorIndex(QdrantClient client) {
    this.client = client;
    this.collections = new QdrantCollections(client);
  }

  @Override
  public Uni<Void> prepare(String collection, int dimension) {
    VectorParams params =
        VectorParams.newBuilder().setSize(dimension).setDistance(Distance.Cosine).build();
    return collections.prepare(collection, params);
  }

  @Override
  public Uni<Map<UUID, Amendment>> find(String collection, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return QdrantCalls.toUni(
            () ->
                client.retrieveAsync(
                    collection,
                    idsOf(ids),
                    CHANGEABLE,
                    WithVectorsSelectorFactory.enable(false),
                    null))
        .map(
            points ->
                points.stream()
                    .collect(
                        Collectors.toMap(
                            point -> uuid(point.getId()),
                            point -> QdrantPayloads.readChangeable(point.getPayloadMap()))));
  }

  @Override
  public Uni<Void> upsert(String collection, List<Point> points) {
    if (points.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    UpsertPoints request =
        UpsertPoints.newBuilder()
            .setCollectionName(collection)
            .setWait(true)
            .addAllPoints(points.stream().map(QdrantVectorIndex::struct).toList())
            .build();
    return QdrantCalls.toUni(() -> client.upsertAsync(request)).replaceWithVoid();
  }

  @Override
  public Uni<Void> amend(String collection, Map<UUID, Amendment> changes) {
    Map<Amendment, List<PointId>> alike = new HashMap<>();
    changes.forEach(
        (point, change) ->
            alike.computeIfAbsent(change, same -> new java.util.ArrayList<>()).add(id(point)));
    return Multi.createFrom()
        .iterable(alike.entrySet())
        .onItem()
        .transformToUniAndConcatenate(group -> amend(collection, group.getKey(), group.getValue()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<?> amend(String collection, Amendment change, List<PointId> points) {
    return QdrantCalls.toUni(
        () ->
            client.setPayloadAsync(
                collection, QdrantPayloads.changeable(change), points, true, null, null));
  }

  @Override
  public Uni<Void> remove(String collection, PointFilter filter) {
    return QdrantCalls.toUni(() -> client.deleteAsync(collection, QdrantFilters.of(filter)))
        .replaceWithVoid()
        .onFailure(QdrantCalls::isMissing)
        .recoverWithNull();
  }

  @Override
  public Uni<Void> remove(String collection, Collection<UUID> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().voidItem()
        : QdrantCalls.toUni(() -> client.deleteAsync(collection, idsOf(ids))).replaceWithVoid();
  }

  @Override
  public Uni<Long> count(String collection, PointFilter filter) {
    return QdrantCalls.toUni(() -> client.countAsync(collection, QdrantFilters.of(filter), true));
  }

  @Override
  public Uni<PointPage> scroll(
      String collection, PointFilter filter, @Nullable UUID from, int limit) {
    ScrollPoints.Builder request =
        ScrollPoints.newBuilder()
            .setCollectionName(collection)
            .setFilter(QdrantFilters.of(filter))
            .setLimit(limit)
            .setWithPayload(CHANGEABLE)
            .setWithVectors(WithVectorsSelectorFactory.enable(false));
    if (from != null) {
      request.setOffset(id(from));
    }
    return QdrantCalls.toUni(() -> client.scrollAsync(request.build()))
        .map(
            answer ->
                new PointPage(
                    answer.getResultList().stream()
                        .collect(
                            Collectors.toMap(
                                point -> uuid(point.getId()),
                                point -> QdrantPayloads.readChangeable(point.getPayloadMap()))),
                    answer.hasNextPageOffset() ? uuid(answer.getNextPageOffset()) : null));
  }

  @Override
  public Uni<Boolean> isGreen(String collection) {
    return QdrantCalls.toUni(() -> client.getCollectionInfoAsync(collection))
        .map(info -> info.getStatus() == CollectionStatus.Green);
  }

  @Override
  public Uni<List<ScoredPoint>> search(
      String collection, PointFilter filter, float[] question, int limit) {
    QueryPoints request =
        QueryPoints.newBuilder()
            .setCollectionName(collection)
            .setQuery(nearest(question))
            .setFilter(QdrantFilters.of(filter))
            .setLimit(limit)
            .setWithPayload(enable(true))
            .build();
    return QdrantCalls.toUni(() -> client.queryAsync(request))
        .map(hits -> hits.stream().map(QdrantVectorIndex::scored).toList());
  }

  private static PointStruct struct(Point point) {
    return PointStruct.newBuilder()
        .setId(id(point.id()))
        .setVectors(vectors(point.vector()))
        .putAllPayload(QdrantPayloads.whole(point.payload()))
        .build();
  }

  private static ScoredPoint scored(Points.ScoredPoint hit) {
    return new ScoredPoint(
        uuid(hit.getId()), hit.getScore(), QdrantPayloads.read(hit.getPayloadMap()));
  }

  private static List<PointId> idsOf(Collection<UUID> ids) {
    Function<UUID, PointId> form = point -> id(point);
    return ids.stream().map(form).toList();
  }

  private static UUID uuid(PointId point) {
    return UUID.fromString(point.getUuid());
  }
}
