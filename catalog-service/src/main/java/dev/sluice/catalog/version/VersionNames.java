package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Other names of versions than their numbers, whoever keeps them. */
public interface VersionNames {
  /** Whether a text can be such a name, given to a version or not. */
  boolean isName(String text);

  /** The version that a name of the dataset stands for now. */
  Uni<Optional<VersionNumber>> numberOf(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, String name);

  /** The names by which the version is in use, so that it should not be withdrawn. */
  Uni<List<String>> inUse(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, VersionNumber number);
}
