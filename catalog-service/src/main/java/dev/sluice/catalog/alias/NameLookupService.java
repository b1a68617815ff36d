package dev.sluice.catalog.alias;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.version.VersionNames;
import dev.sluice.catalog.version.VersionNumber;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells whoever looks for a version what an alias or a tag stands for. */
@ApplicationScoped
class NameLookupService implements VersionNames {
  private final AliasRepository names;

  NameLookupService(AliasRepository names) {
    this.names = names;
  }

  @Override
  public boolean isName(String text) {
    return VersionName.fits(text);
  }

  @Override
  public Uni<Optional<VersionNumber>> numberOf(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, String name) {
    return names.find(session, scope, dataset, name).map(found -> found.map(VersionName::number));
  }

  @Override
  public Uni<List<String>> inUse(
      Mutiny.Session session, ProjectScope scope, DatasetId dataset, VersionNumber number) {
    return names.aliasesOf(session, scope, dataset, number);
  }
}
