package dev.sluice.catalog.file;

import dev.sluice.manifest.InnerCache;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.sql.SqlNodes;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.identity.ProjectScope;
import io.agroal.api.AgroalDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Work on the trees of a project's versions, on worker threads. */
@ApplicationScoped
public class TreeService {
  private final AgroalDataSource database;
  private final InnerCache cache;

  TreeService(AgroalDataSource database, TreeConfig config) {
    this.database = database;
    this.cache = new InnerCache(config.cachedNodes());
  }

  /** Does the work on a worker thread; what follows runs on the subscriber's context. */
  public <T> Uni<T> with(ProjectScope scope, Function<ManifestTree, T> work) {
    return Contexts.blocking(() -> work.apply(of(scope)));
  }

  /** The trees of a project; every method of it blocks. */
  public ManifestTree of(ProjectScope scope) {
    return new ManifestTree(SqlNodes.of(database, scope.project()), cache);
  }
}
