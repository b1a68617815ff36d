package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.Dataset;
import dev.sluice.catalog.dataset.DatasetLineService;
import dev.sluice.catalog.dataset.DatasetProblem.DatasetNotFound;
import dev.sluice.catalog.version.VersionProblem.VersionIsWithdrawn;
import dev.sluice.catalog.version.VersionProblem.VersionNotFound;
import dev.sluice.catalog.version.VersionProblem.VersionNotSealed;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Purged;
import dev.sluice.catalog.version.VersionState.Released;
import dev.sluice.catalog.version.VersionState.Sealed;
import dev.sluice.catalog.version.VersionState.Withdrawn;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Finds and locks versions within the caller's transaction. */
@ApplicationScoped
public class VersionLookupService {
  private static final String LATEST = "latest";

  private final DatasetLineService datasets;
  private final VersionRepository versions;
  private final VersionNames names;

  VersionLookupService(
      DatasetLineService datasets, VersionRepository versions, VersionNames names) {
    this.datasets = datasets;
    this.versions = versions;
    this.names = names;
  }

  /**
   * A version by number, by alias or tag, or {@code latest}, the newest that is sealed or released;
   * 404.
   */
  public Uni<VersionOfDataset> get(
      Mutiny.Session session, ProjectScope scope, String dataset, String version) {
    return datasets
        .get(session, scope, dataset)
        .flatMap(
            d ->
                numberOf(session, scope, d, version)
                    .flatMap(number -> versions.find(session, scope, d.id(), number))
                    .map(found -> visible(d, version, found)));
  }

  /** As {@link #get}, with dataset and version locked in this order until the transaction ends. */
  public Uni<VersionOfDataset> lock(
      Mutiny.Session session, ProjectScope scope, String dataset, String version) {
    return datasets
        .lock(session, scope, dataset)
        .flatMap(
            d ->
                numberOf(session, scope, d, version)
                    .flatMap(number -> versions.lock(session, scope, d.id(), number))
                    .map(found -> visible(d, version, found)));
  }

  /** A sealed or released version by name; 404, or 409 when it cannot be used. */
  public Uni<VersionOfDataset> usable(
      Mutiny.Session session, ProjectScope scope, String dataset, String version) {
    return get(session, scope, dataset, version).invoke(VersionLookupService::refuseUnusable);
  }

  /** The version with that id in whatever state, with its dataset, trashed or not, both locked. */
  public Uni<VersionOfDataset> lockById(Mutiny.Session session, ProjectScope scope, UUID id) {
    return versions
        .place(session, scope, id)
        .flatMap(
            place ->
                datasets
                    .lock(session, scope, place.dataset())
                    .map(Optional::orElseThrow)
                    .flatMap(d -> locked(session, scope, d, place.number())));
  }

  private Uni<VersionOfDataset> locked(
      Mutiny.Session session, ProjectScope scope, Dataset dataset, VersionNumber number) {
    return versions
        .lock(session, scope, dataset.id(), number)
        .map(version -> new VersionOfDataset(dataset, Objects.requireNonNull(version)));
  }

  /** As {@link #get}, but empty when it is not there (any more). */
  public Uni<Optional<VersionOfDataset>> find(
      Mutiny.Session session, ProjectScope scope, VersionRef ref) {
    return get(session, scope, ref.dataset(), ref.version())
        .map(Optional::of)
        .onFailure(VersionLookupService::isMissing)
        .recoverWithItem(Optional.empty());
  }

  private Uni<VersionNumber> numberOf(
      Mutiny.Session session, ProjectScope scope, Dataset dataset, String version) {
    if (version.equals(LATEST)) {
      return Uni.createFrom().item(() -> latest(dataset));
    }
    return names.isName(version)
        ? names
            .numberOf(session, scope, dataset.id(), version)
            .map(n -> n.orElseThrow(() -> missing(dataset, version)))
        : Uni.createFrom().item(() -> VersionNumber.of(version));
  }

  private static VersionNumber latest(Dataset dataset) {
    Integer latest = dataset.latestNumber();
    if (latest == null) {
      throw missing(dataset, LATEST);
    }
    return new VersionNumber(latest);
  }

  private static RuntimeException missing(Dataset dataset, String version) {
    return new VersionNotFound(dataset.name(), version).exception();
  }

  private static VersionOfDataset visible(
      Dataset dataset, String asked, @Nullable Version version) {
    if (version == null || version.state() instanceof Dropped) {
      throw missing(dataset, asked);
    }
    return new VersionOfDataset(dataset, version);
  }

  private static void refuseUnusable(VersionOfDataset found) {
    String dataset = found.dataset().name();
    switch (found.version().state()) {
      case Sealed s -> {}
      case Released s -> {}
      case Draft s -> throw new VersionNotSealed(dataset, found.number()).exception();
      case Withdrawn s -> throw new VersionIsWithdrawn(dataset, found.number()).exception();
      case Purged s -> found.version().refusePurged();
      case Dropped s -> throw new VersionNotFound(dataset, found.number()).exception();
    }
  }

  private static boolean isMissing(Throwable failure) {
    return failure instanceof ProblemException e
        && (e.problem() instanceof VersionNotFound || e.problem() instanceof DatasetNotFound);
  }
}
