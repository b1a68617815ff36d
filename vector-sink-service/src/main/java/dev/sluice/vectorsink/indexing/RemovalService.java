package dev.sluice.vectorsink.indexing;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.vectorsink.index.CollectionNames;
import dev.sluice.vectorsink.index.PointFilter;
import dev.sluice.vectorsink.index.VectorIndex;
import dev.sluice.vectorsink.index.VersionLine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeSet;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes points out of the index that no version holds any more. */
@ApplicationScoped
class RemovalService {
  private static final Logger LOG = Logger.getLogger(RemovalService.class);

  private final LoopTransactions transactions;
  private final WorkRepository work;
  private final IndexingRepository indexings;
  private final VectorIndex index;
  private final CollectionNames names;
  private final IndexingConfig config;

  RemovalService(
      LoopTransactions transactions,
      WorkRepository work,
      IndexingRepository indexings,
      VectorIndex index,
      CollectionNames names,
      IndexingConfig config) {
    this.transactions = transactions;
    this.work = work;
    this.indexings = indexings;
    this.index = index;
    this.names = names;
    this.config = config;
  }

  /** Does the dataset's first removal; false when there is none. */
  Uni<Boolean> next(UUID datasetId) {
    return transactions
        .in(session -> work.nextRemovalAnyProject(session, datasetId))
        .flatMap(
            next ->
                next.map(removal -> remove(removal).replaceWith(true))
                    .orElseGet(() -> Uni.createFrom().item(false)));
  }

  private Uni<Void> remove(Removal removal) {
    return filterOf(removal)
        .flatMap(filter -> index.remove(names.of(removal.key()), filter))
        .flatMap(done -> transactions.in(session -> work.removedAnyProject(session, removal.id())))
        .onFailure()
        .recoverWithUni(failure -> postpone(removal, failure));
  }

  private Uni<PointFilter> filterOf(Removal removal) {
    String source = removal.sourceSha256();
    if (source != null) {
      return Uni.createFrom().item(PointFilter.source(removal.datasetId(), source));
    }
    String recipe = removal.recipeDigest();
    Integer version = removal.version();
    if (recipe == null || version == null) {
      return Uni.createFrom().item(PointFilter.dataset(removal.datasetId()));
    }
    ProjectScope scope = ProjectScope.system(removal.key().project());
    return transactions
        .in(session -> indexings.indexedVersions(session, scope, removal.datasetId(), recipe))
        .map(
            others ->
                PointFilter.onlyIn(
                    removal.datasetId(), recipe, version, new VersionLine(new TreeSet<>(others))));
  }

  private Uni<Void> postpone(Removal removal, Throwable failure) {
    LOG.warnf("removal waits: %s: %s", removal.key(), failure.toString());
    return transactions.in(
        session ->
            work.postponeRemovalAnyProject(
                session, removal.id(), config.waitAfter(removal.attempts())));
  }
}
