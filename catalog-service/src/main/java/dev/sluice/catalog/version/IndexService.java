package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.version.VersionView.Index;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Remembers where the vectors of versions are. */
@ApplicationScoped
public class IndexService {
  private final VersionRepository versions;
  private final LinkRepository links;

  IndexService(VersionRepository versions, LinkRepository links) {
    this.versions = versions;
    this.links = links;
  }

  /** The version of a fact, in whatever state; empty when the project has none. */
  public Uni<Optional<Version>> find(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, VersionNumber number) {
    return versions.find(session, scope, dataset, number).map(Optional::ofNullable);
  }

  /** Records that the version is searchable; an older word than the one known changes nothing. */
  public Uni<Void> indexed(
      Mutiny.Session session, ProjectScope scope, UUID versionId, Index index, String model) {
    return links.putIndex(session, scope, versionId, index, model);
  }
}
