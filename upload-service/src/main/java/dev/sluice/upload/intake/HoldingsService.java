package dev.sluice.upload.intake;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.ObjectKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
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
    return catalog
        .holdings(scope.project(), contents)
        .onFailure()
        .invoke(f -> LOG.warnf("contents of %s are taken for new: %s", scope.project(), f))
        .onFailure()
        .recoverWithItem(Holdings.UNKNOWN);
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
