package dev.sluice.upload.intake;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.file.ObjectKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Says what of announced contents the project holds already, and how much room it has. */
@ApplicationScoped
public class HoldingsService {
  private static final Logger LOG = Logger.getLogger(HoldingsService.class);

  private final CatalogClient catalog;

  HoldingsService(CatalogClient catalog) {
    this.catalog = catalog;
  }

  /**
   * What the catalog knows of these contents. While it does not answer nothing is known: bytes that
   * are held are then sent once more, and no quota is checked, so that uploads go on.
   */
  public Uni<Holdings> of(ProjectScope scope, List<FileContent> contents) {
    return tolerant(scope, catalog.holdings(scope.project(), contents, Optional.empty()));
  }

  /** As the other, and what the draft has now under the paths; at most 1,000. */
  public Uni<Holdings> of(
      ProjectScope scope, List<FileContent> contents, Draft draft, List<FilePath> paths) {
    JsonObject asked =
        new JsonObject()
            .put("datasetId", draft.datasetId().toString())
            .put("version", draft.version())
            .put("paths", new JsonArray(paths.stream().map(FilePath::value).toList()));
    return tolerant(scope, catalog.holdings(scope.project(), contents, Optional.of(asked)));
  }

  private static Uni<Holdings> tolerant(ProjectScope scope, Uni<Holdings> asked) {
    return asked
        .onFailure()
        .invoke(f -> LOG.warnf("contents of %s are taken for new: %s", scope.project(), f))
        .onFailure()
        .recoverWithItem(Holdings.UNKNOWN);
  }

  /**
   * Why those of the contents that were erased must not come back, by SHA-256; at most 1,000. While
   * the catalog does not answer none is known: it keeps them out of its drafts itself.
   */
  public Uni<Map<String, String>> blocked(ProjectScope scope, Collection<String> digests) {
    return digests.isEmpty()
        ? Uni.createFrom().item(Map.of())
        : catalog
            .blocked(scope.project(), digests)
            .onFailure()
            .invoke(f -> LOG.warnf("nobody says what %s keeps out: %s", scope.project(), f))
            .onFailure()
            .recoverWithItem(Map.of());
  }

  /**
   * Those of the keys whose objects the catalog knows; at most 1,000.
   *
   * @throws dev.sluice.support.problem.ProblemException 503 when the catalog does not answer
   */
  public Uni<Set<String>> owned(ProjectScope scope, List<ObjectKey> keys) {
    return catalog.owned(scope.project(), keys);
  }
}
