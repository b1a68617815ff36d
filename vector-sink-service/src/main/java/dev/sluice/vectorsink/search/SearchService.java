package dev.sluice.vectorsink.search;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.vectorsink.VectorSinkProblem.IndexNotFound;
import dev.sluice.vectorsink.VectorSinkProblem.NotIndexedYet;
import dev.sluice.vectorsink.embedding.EmbeddingService;
import dev.sluice.vectorsink.index.CollectionNames;
import dev.sluice.vectorsink.index.PointFilter;
import dev.sluice.vectorsink.index.ScoredPoint;
import dev.sluice.vectorsink.index.VectorIndex;
import dev.sluice.vectorsink.indexing.Indexing;
import dev.sluice.vectorsink.indexing.IndexingService;
import dev.sluice.vectorsink.indexing.IndexingState.Indexed;
import dev.sluice.vectorsink.source.CatalogClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Answers questions from the points of one version. */
@ApplicationScoped
class SearchService {
  private static final double NANOS_PER_MILLI = 1e6;

  private final IndexingService indexings;
  private final EmbeddingService embeddings;
  private final VectorIndex index;
  private final CollectionNames names;
  private final CatalogClient catalog;

  SearchService(
      IndexingService indexings,
      EmbeddingService embeddings,
      VectorIndex index,
      CollectionNames names,
      CatalogClient catalog) {
    this.indexings = indexings;
    this.embeddings = embeddings;
    this.index = index;
    this.names = names;
    this.catalog = catalog;
  }

  Uni<SearchAnswer> search(ProjectScope scope, Question question) {
    long start = System.nanoTime();
    return searchable(scope, question)
        .flatMap(
            indexing -> hits(indexing, question).map(points -> answer(indexing, points, start)));
  }

  private Uni<Indexing> searchable(ProjectScope scope, Question question) {
    return question
        .version()
        .map(version -> indexings.find(scope, question.key(), version))
        .orElseGet(() -> indexings.findLatest(scope, question.key()))
        .flatMap(
            found ->
                found
                    .map(indexing -> Uni.createFrom().item(indexing))
                    .orElseGet(() -> nothing(question)))
        .invoke(SearchService::requireIndexed);
  }

  /** Says which of dataset, version and index there is not. */
  private Uni<Indexing> nothing(Question question) {
    String dataset = question.key().dataset();
    return catalog
        .dataset(question.key())
        .flatMap(
            known ->
                question
                    .version()
                    .map(version -> catalog.version(question.key(), version.toString()))
                    .map(version -> version.map(Optional::of))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
        .map(
            known -> {
              throw new IndexNotFound(dataset, question.versionText()).exception();
            });
  }

  private static void requireIndexed(Indexing indexing) {
    if (!(indexing.state() instanceof Indexed)) {
      throw new NotIndexedYet(
              indexing.key().dataset(), indexing.version().toString(), indexing.state().text())
          .exception();
    }
  }

  private Uni<List<ScoredPoint>> hits(Indexing indexing, Question question) {
    PointFilter filter =
        PointFilter.version(
            indexing.datasetId(), indexing.recipeDigest(), indexing.version().number());
    return embeddings
        .embed(List.of(question.text()))
        .flatMap(
            vectors ->
                index.search(
                    names.of(indexing.key()), filter, vectors.getFirst(), question.limit()));
  }

  private static SearchAnswer answer(Indexing indexing, List<ScoredPoint> points, long start) {
    String version = indexing.version().toString();
    return new SearchAnswer(
        points.stream()
            .map(point -> SearchHit.of(point, indexing.key().dataset(), version))
            .toList(),
        version,
        indexing.recipe().model(),
        (System.nanoTime() - start) / NANOS_PER_MILLI);
  }
}
