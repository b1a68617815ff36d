package dev.sluice.vectorsink.indexing;

import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VectorSinkProblem.VersionNotSealed;
import dev.sluice.vectorsink.VersionLabel;
import dev.sluice.vectorsink.indexing.IndexingService.SealedVersion;
import dev.sluice.vectorsink.recipe.Recipe;
import dev.sluice.vectorsink.source.CatalogClient;
import dev.sluice.vectorsink.source.CatalogVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Requests of people, which name a version that only the catalog knows. */
@ApplicationScoped
class IndexRequestService {
  private final CatalogClient catalog;
  private final IndexingService indexings;

  IndexRequestService(CatalogClient catalog, IndexingService indexings) {
    this.catalog = catalog;
    this.indexings = indexings;
  }

  /** Asks for the index of a version; {@code latest} is the newest sealed one. */
  Uni<IndexView> request(
      ProjectScope scope,
      DatasetKey key,
      String version,
      Recipe recipe,
      IdempotentRequest repeatable) {
    return catalog
        .version(key, version)
        .map(found -> usable(key, found))
        .flatMap(usable -> indexings.request(scope, usable, recipe, repeatable));
  }

  private static SealedVersion usable(DatasetKey key, CatalogVersion version) {
    if (!version.usable()) {
      throw new VersionNotSealed(key.dataset(), version.version(), version.state()).exception();
    }
    return new SealedVersion(key, version.datasetId(), VersionLabel.of(version.version()));
  }
}
