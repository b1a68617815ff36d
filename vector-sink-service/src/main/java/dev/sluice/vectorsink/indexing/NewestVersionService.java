package dev.sluice.vectorsink.indexing;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VersionLabel;
import dev.sluice.vectorsink.recipe.Recipe;
import dev.sluice.vectorsink.recipe.RecipeFollower;
import dev.sluice.vectorsink.source.CatalogClient;
import dev.sluice.vectorsink.source.CatalogVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Has the newest sealed version indexed when its dataset gets a recipe. */
@ApplicationScoped
class NewestVersionService implements RecipeFollower {
  private static final String LATEST = "latest";

  private final CatalogClient catalog;
  private final Transactions transactions;
  private final IndexingService indexings;

  NewestVersionService(
      CatalogClient catalog, Transactions transactions, IndexingService indexings) {
    this.catalog = catalog;
    this.transactions = transactions;
    this.indexings = indexings;
  }

  @Override
  public Uni<Void> recipeStored(ProjectScope scope, DatasetKey key, Recipe recipe) {
    return catalog
        .findVersion(key, LATEST)
        .map(found -> found.filter(CatalogVersion::usable))
        .flatMap(newest -> request(key, newest, recipe));
  }

  private Uni<Void> request(DatasetKey key, Optional<CatalogVersion> newest, Recipe recipe) {
    return newest
        .map(
            version ->
                transactions.in(
                    session ->
                        indexings.request(
                            session,
                            key,
                            version.datasetId(),
                            VersionLabel.of(version.version()),
                            recipe)))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }
}
