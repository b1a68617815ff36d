package dev.sluice.vectorsink.indexing;

import dev.sluice.support.http.Idempotency;
import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VectorSinkProblem.IndexNotFound;
import dev.sluice.vectorsink.VersionLabel;
import dev.sluice.vectorsink.index.CollectionNames;
import dev.sluice.vectorsink.indexing.RequestRepository.NamedRecipe;
import dev.sluice.vectorsink.recipe.Recipe;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** What shall be indexed, and how far that is. */
@ApplicationScoped
public class IndexingService {
  private final Transactions transactions;
  private final IndexingRepository indexings;
  private final RequestRepository requests;
  private final TrashedRepository trashed;
  private final Idempotency idempotency;
  private final CollectionNames names;

  IndexingService(
      Transactions transactions,
      IndexingRepository indexings,
      RequestRepository requests,
      TrashedRepository trashed,
      Idempotency idempotency,
      CollectionNames names) {
    this.transactions = transactions;
    this.indexings = indexings;
    this.requests = requests;
    this.trashed = trashed;
    this.idempotency = idempotency;
    this.names = names;
  }

  /** Asks for the index of a version, inside the caller's transaction; asking twice is once. */
  public Uni<Void> request(
      Mutiny.Session session, DatasetKey key, UUID datasetId, VersionLabel version, Recipe recipe) {
    return requests.request(
        session,
        ProjectScope.system(key.project()),
        datasetId,
        version,
        new NamedRecipe(key, recipe));
  }

  /** As the public one, for a caller who may repeat the request. */
  Uni<IndexView> request(
      ProjectScope scope, SealedVersion version, Recipe recipe, IdempotentRequest repeatable) {
    return transactions.in(
        session ->
            idempotency.once(
                session,
                repeatable,
                IndexView.class,
                () ->
                    request(session, version.key(), version.datasetId(), version.label(), recipe)
                        .flatMap(
                            asked ->
                                indexings.find(
                                    session, scope, version.key().dataset(), version.label()))
                        .map(found -> view(found.orElseThrow()))));
  }

  /** The version must not be searched any more; inside the caller's transaction. */
  public Uni<Void> withdraw(
      Mutiny.Session session, ProjectScope scope, UUID datasetId, VersionLabel version) {
    return requests
        .withdraw(session, scope, datasetId, version)
        .chain(() -> trashed.forget(session, scope, datasetId, version));
  }

  /** No version of the dataset must be searched any more; inside the caller's transaction. */
  public Uni<Void> trash(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return trashed.trash(session, scope, datasetId);
  }

  /** What was indexed when the dataset was deleted is indexed again; as above. */
  public Uni<Void> restore(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return trashed.restore(session, scope, datasetId);
  }

  /** The dataset does not come back; inside the caller's transaction. */
  public Uni<Void> forgetTrashed(Mutiny.Session session, ProjectScope scope, UUID datasetId) {
    return trashed.forgetAll(session, scope, datasetId);
  }

  /** No text of that content must be found any more; inside the caller's transaction. */
  public Uni<Void> erase(Mutiny.Session session, ProjectScope scope, String sha256) {
    return requests.erase(session, scope, sha256);
  }

  Uni<IndexView> get(ProjectScope scope, DatasetKey key, VersionLabel version) {
    return find(scope, key, version)
        .map(
            found ->
                view(
                    found.orElseThrow(
                        () -> new IndexNotFound(key.dataset(), version.toString()).exception())));
  }

  Uni<Page<IndexView>> list(ProjectScope scope, String dataset, PageRequest page) {
    return transactions
        .reading(session -> indexings.page(session, scope, dataset, page))
        .map(rows -> Page.of(rows, page, IndexingRepository::keyOf).map(this::view));
  }

  /** The index of a version; empty when nobody asked for it. */
  public Uni<Optional<Indexing>> find(ProjectScope scope, DatasetKey key, VersionLabel version) {
    return transactions.reading(session -> indexings.find(session, scope, key.dataset(), version));
  }

  /** The newest index that can be searched, else the newest in any state. */
  public Uni<Optional<Indexing>> findLatest(ProjectScope scope, DatasetKey key) {
    return transactions.reading(
        session ->
            indexings
                .newestIndexed(session, scope, key.dataset())
                .flatMap(
                    found ->
                        found.isPresent()
                            ? Uni.createFrom().item(found)
                            : indexings.newest(session, scope, key.dataset())));
  }

  private IndexView view(Indexing indexing) {
    return new IndexView(
        indexing.key().project(),
        indexing.key().dataset(),
        indexing.version().toString(),
        indexing.state().text(),
        indexing.points(),
        indexing.rows(),
        names.of(indexing.key()),
        indexing.recipeDigest(),
        indexing.note());
  }

  /** A version that the catalog says is sealed. */
  record SealedVersion(DatasetKey key, UUID datasetId, VersionLabel label) {}
}
