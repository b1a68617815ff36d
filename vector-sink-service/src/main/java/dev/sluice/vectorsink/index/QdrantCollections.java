package dev.sluice.vectorsink.index;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** Makes collections; their payload indexes come before the first point. */
final class QdrantCollections {
  private static final List<Map.Entry<String, PayloadSchemaType>> INDEXED =
      List.of(
          Map.entry(PayloadFields.DATASET_ID, PayloadSchemaType.Keyword),
          Map.entry(PayloadFields.RECIPE, PayloadSchemaType.Keyword),
          Map.entry(PayloadFields.FROM, PayloadSchemaType.Integer),
          Map.entry(PayloadFields.TO, PayloadSchemaType.Integer),
          Map.entry(PayloadFields.ALSO, PayloadSchemaType.Integer),
          Map.entry(PayloadFields.PATH, PayloadSchemaType.Keyword),
          Map.entry(PayloadFields.RECORD_KEY, PayloadSchemaType.Keyword));

  private final QdrantClient client;

  QdrantCollections(QdrantClient client) {
    this.client = client;
  }

  /** Another replica may make the collection at the same time; it is checked again then. */
  Uni<Void> prepare(String collection, VectorParams params) {
    return exists(collection)
        .flatMap(there -> there ? Uni.createFrom().voidItem() : create(collection, params))
        .flatMap(made -> indexes(collection));
  }

  private Uni<Boolean> exists(String collection) {
    return QdrantCalls.toUni(() -> client.collectionExistsAsync(collection));
  }

  private Uni<Void> create(String collection, VectorParams params) {
    return QdrantCalls.toUni(() -> client.createCollectionAsync(collection, params))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure ->
                exists(collection).map(there -> failUnless(there, failure)).replaceWithVoid());
  }

  private static boolean failUnless(boolean there, Throwable failure) {
    if (!there) {
      throw failure instanceof RuntimeException known
          ? known
          : new IllegalStateException("the collection cannot be made", failure);
    }
    return true;
  }

  private Uni<Void> indexes(String collection) {
    return Multi.createFrom()
        .iterable(INDEXED)
        .onItem()
        .transformToUniAndConcatenate(
            field ->
                QdrantCalls.toUni(
                    () ->
                        client.createPayloadIndexAsync(
                            collection, field.getKey(), field.getValue(), null, true, null, null)))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
