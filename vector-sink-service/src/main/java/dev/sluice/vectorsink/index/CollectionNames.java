package dev.sluice.vectorsink.index;

import dev.sluice.vectorsink.DatasetKey;
import jakarta.enterprise.context.ApplicationScoped;

/** The collection that holds a dataset's points. */
@ApplicationScoped
public class CollectionNames {
  private final QdrantConfig config;

  CollectionNames(QdrantConfig config) {
    this.config = config;
  }

  /** Prefix, project, underscore, dataset; names hold no underscore, so no two are the same. */
  public String of(DatasetKey key) {
    return config.collectionPrefix() + key.project() + "_" + key.dataset();
  }
}
