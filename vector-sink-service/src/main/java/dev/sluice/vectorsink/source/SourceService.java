package dev.sluice.vectorsink.source;

import dev.hardwood.HardwoodContext;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VectorSinkProblem.UnusableSource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Opens the content of sealed versions. */
@ApplicationScoped
public class SourceService {
  private static final int DECODING_THREADS = 2;

  private final CatalogClient catalog;
  private final ObjectStore store;
  private @Nullable HardwoodContext hardwood;

  SourceService(CatalogClient catalog, ObjectStore store) {
    this.catalog = catalog;
    this.store = store;
  }

  /**
   * The Parquet files of a version.
   *
   * @throws dev.sluice.support.problem.ProblemException when it has none
   */
  public Uni<VersionSource> open(DatasetKey key, String version) {
    String bucket = store.bucketOf(key.project());
    return catalog
        .manifest(key, version)
        .map(files -> new VersionSource(files, file -> new ObjectInputFile(store, bucket, file)))
        .invoke(source -> refuseEmpty(source, version));
  }

  /** The rows of a version from a position on; for worker threads. */
  public VersionRows rows(VersionSource source, String textColumn, VersionPosition from) {
    return new VersionRows(source, textColumn, from, hardwood());
  }

  private static void refuseEmpty(VersionSource source, String version) {
    if (source.files().isEmpty()) {
      throw new UnusableSource(
              "Version '" + version + "' has no Parquet file; only rows of text can be indexed.")
          .exception();
    }
  }

  private synchronized HardwoodContext hardwood() {
    if (hardwood == null) {
      hardwood = HardwoodContext.create(DECODING_THREADS);
    }
    return hardwood;
  }

  @PreDestroy
  synchronized void close() {
    if (hardwood != null) {
      hardwood.close();
    }
  }
}
