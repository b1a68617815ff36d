package dev.sluice.catalog.dataset;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.dataset.DatasetProblem.DataTypeDiffers;
import dev.sluice.catalog.dataset.DatasetProblem.DatasetNameTaken;
import dev.sluice.catalog.dataset.DatasetProblem.DatasetNotFound;
import dev.sluice.events.DatasetEvent.DatasetCreated;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as the line that versions hang on, within the caller's transaction: it is found, locked
 * and numbered here by whoever works on versions.
 */
@ApplicationScoped
public class DatasetLineService {
  private final DatasetRepository datasets;
  private final AuditService audit;
  private final Clock clock;

  DatasetLineService(DatasetRepository datasets, AuditService audit, Clock clock) {
    this.datasets = datasets;
    this.audit = audit;
    this.clock = clock;
  }

  /** The living dataset of that name; 404 when there is none. */
  public Uni<Dataset> get(Mutiny.Session session, ProjectScope scope, String name) {
    return datasets
        .byName(session, scope, name)
        .onItem()
        .ifNull()
        .failWith(() -> new DatasetNotFound(scope.project(), name).exception());
  }

  /** The living dataset of that name; empty when there is none. */
  public Uni<Optional<Dataset>> find(Mutiny.Session session, ProjectScope scope, String name) {
    return datasets.byName(session, scope, name).map(Optional::ofNullable);
  }

  /** As {@link #get}, locked until the transaction ends: facts about a dataset keep their order. */
  public Uni<Dataset> lock(Mutiny.Session session, ProjectScope scope, String name) {
    return datasets
        .lockByName(session, scope, name)
        .onItem()
        .ifNull()
        .failWith(() -> new DatasetNotFound(scope.project(), name).exception());
  }

  /** The dataset with that id, locked, trashed or not; empty when the project has none. */
  public Uni<Optional<Dataset>> lock(Mutiny.Session session, ProjectScope scope, DatasetId id) {
    return datasets.lockById(session, scope, id).map(Optional::ofNullable);
  }

  /** Gives the locked dataset's next version number. */
  public Uni<Integer> takeNumber(Mutiny.Session session, ProjectScope scope, Dataset locked) {
    int number = locked.nextNumber();
    return datasets.number(session, scope, locked.id(), number).replaceWith(number);
  }

  /** Records the newest version that is sealed or released; null when none is any more. */
  public Uni<Void> latest(
      Mutiny.Session session, ProjectScope scope, DatasetId id, @Nullable Integer number) {
    return datasets.latest(session, scope, id, number);
  }

  /** The living dataset a run writes into, locked; made when missing, with its creator. */
  public Uni<Dataset> lockOrCreate(
      Mutiny.Session session, ProjectScope scope, NewDataset wanted, String creator) {
    DataType type = wanted.checkedType();
    String name = wanted.checkedName();
    return datasets
        .lockName(session, scope, name)
        .chain(() -> datasets.lockByName(session, scope, name))
        .flatMap(
            found ->
                found == null
                    ? create(session, scope, wanted, creator)
                    : Uni.createFrom().item(sameType(found, type)));
  }

  /** Brings a locked dataset back from the trash; 409 when a living one has its name. */
  public Uni<Void> restore(
      Mutiny.Session session, ProjectScope scope, DatasetId trashed, String name) {
    return datasets
        .lockName(session, scope, name)
        .chain(() -> datasets.byName(session, scope, name))
        .onItem()
        .ifNotNull()
        .failWith(() -> new DatasetNameTaken(scope.project(), name).exception())
        .chain(() -> datasets.lastNumberOfTrashed(session, scope, name))
        .flatMap(last -> datasets.restore(session, scope, trashed, last));
  }

  /** Makes a dataset; 409 when the project has a living one of that name. */
  public Uni<Dataset> createNew(
      Mutiny.Session session, ProjectScope scope, NewDataset wanted, String creator) {
    String name = wanted.checkedName();
    return datasets
        .lockName(session, scope, name)
        .chain(() -> datasets.byName(session, scope, name))
        .onItem()
        .ifNotNull()
        .failWith(() -> new DatasetNameTaken(scope.project(), name).exception())
        .chain(() -> create(session, scope, wanted, creator));
  }

  private Uni<Dataset> create(
      Mutiny.Session session, ProjectScope scope, NewDataset wanted, String creator) {
    return datasets
        .lastNumberOfTrashed(session, scope, wanted.checkedName())
        .map(last -> fresh(scope, wanted, creator, last))
        .call(dataset -> datasets.insert(session, scope, dataset))
        .call(dataset -> Outbox.append(session, created(dataset)))
        .call(
            dataset ->
                audit.record(
                    session,
                    scope,
                    AuditEntry.of(AuditAction.DATASET_CREATED, dataset.id().value(), dataset.name())
                        .by(creator)));
  }

  /** Numbers go on where a trashed namesake ended, so that object keys are never used twice. */
  private Dataset fresh(ProjectScope scope, NewDataset wanted, String creator, int lastNumber) {
    Instant now = clock.instant();
    return new Dataset(
        DatasetId.next(),
        scope.project(),
        wanted.checkedName(),
        wanted.checkedType(),
        wanted.checkedDescription(),
        creator,
        now,
        now,
        1,
        lastNumber,
        null,
        false);
  }

  private static DatasetCreated created(Dataset dataset) {
    return new DatasetCreated(
        dataset.project(),
        dataset.id().value(),
        dataset.name(),
        dataset.dataType().text(),
        dataset.about().displayName(),
        dataset.about().applicationScenario(),
        dataset.creator(),
        dataset.createdAt());
  }

  private static Dataset sameType(Dataset found, DataType wanted) {
    if (found.dataType() != wanted) {
      throw new DataTypeDiffers(found.name(), found.dataType().text(), wanted.text()).exception();
    }
    return found;
  }
}
