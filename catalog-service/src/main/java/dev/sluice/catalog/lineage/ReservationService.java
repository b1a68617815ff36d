package dev.sluice.catalog.lineage;

import dev.sluice.catalog.dataset.DataType;
import dev.sluice.catalog.dataset.Dataset;
import dev.sluice.catalog.dataset.DatasetLineService;
import dev.sluice.catalog.dataset.NewDataset;
import dev.sluice.catalog.lineage.RunProblem.OutputSealed;
import dev.sluice.catalog.lineage.RunProblem.RunNotFound;
import dev.sluice.catalog.version.DraftService;
import dev.sluice.catalog.version.DraftService.Reservation;
import dev.sluice.catalog.version.Version;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionOfDataset;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.events.VersionRef;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps a draft for each run or import, once, however often it is asked for. */
@ApplicationScoped
class ReservationService {
  private final Transactions transactions;
  private final ProjectAccess access;
  private final RunRepository runs;
  private final DatasetLineService datasets;
  private final VersionLookupService lookup;
  private final DraftService drafts;

  ReservationService(
      Transactions transactions,
      ProjectAccess access,
      RunRepository runs,
      DatasetLineService datasets,
      VersionLookupService lookup,
      DraftService drafts) {
    this.transactions = transactions;
    this.access = access;
    this.runs = runs;
    this.datasets = datasets;
    this.lookup = lookup;
    this.drafts = drafts;
  }

  /** The run's draft: the one it has, or a new one when the requester may write the project. */
  Uni<Answer> reserve(ProjectScope scope, ReservationRequest request) {
    UUID runId = request.checkedRunId();
    return access
        .scope(scope.project(), request.checkedRequestedBy(), Role.EDITOR)
        .flatMap(
            requester ->
                transactions.in(
                    session ->
                        runs.lock(session, scope, runId)
                            .chain(() -> runs.find(session, scope, runId))
                            .flatMap(
                                run ->
                                    run == null
                                        ? fresh(session, scope, request)
                                        : known(session, scope, request, run))));
  }

  /** Gives the draft of a run back; nothing happens when that was done before. */
  Uni<Void> release(ProjectScope scope, UUID runId, String reason) {
    return transactions.in(session -> release(session, scope, runId, reason));
  }

  /** As {@link #release}, within the caller's transaction; 404 when the run reserved nothing. */
  Uni<Void> release(Mutiny.Session session, ProjectScope scope, UUID runId, String reason) {
    return runs.lock(session, scope, runId)
        .chain(() -> runs.find(session, scope, runId))
        .onItem()
        .ifNull()
        .failWith(() -> new RunNotFound(scope.project(), runId.toString()).exception())
        .flatMap(run -> lookup.lockById(session, scope, run.versionId()))
        .flatMap(output -> drop(session, scope, output, reason));
  }

  private Uni<Void> drop(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset output, String reason) {
    return switch (output.version().state()) {
      case Draft s -> drafts.drop(session, scope, output, reason);
      case Dropped s -> Uni.createFrom().voidItem();
      case Final s ->
          throw new OutputSealed(
                  String.valueOf(output.version().producedBy().runId()),
                  output.dataset().name(),
                  output.version().number().toString())
              .exception();
    };
  }

  private Uni<Answer> known(
      Mutiny.Session session, ProjectScope scope, ReservationRequest request, RunOutput run) {
    return lookup
        .lockById(session, scope, run.versionId())
        .invoke(output -> refuseOtherKind(output, request))
        .flatMap(
            output ->
                startsAgain(output, request)
                    ? fresh(session, scope, request)
                    : Uni.createFrom().item(answer(output.dataset(), output.version(), false)));
  }

  private static void refuseOtherKind(VersionOfDataset output, ReservationRequest request) {
    if (!output.version().producedBy().kind().equals(request.maker().kind())) {
      throw InvalidRequest.of("runId", request.checkedRunId(), "an id of its own").exception();
    }
  }

  /** An import that is tried again after its draft was dropped gets another one. */
  private static boolean startsAgain(VersionOfDataset output, ReservationRequest request) {
    return output.version().state() instanceof Dropped
        && request.maker().kind().equals("import")
        && !output.dataset().trashed();
  }

  private static Answer answer(Dataset dataset, Version draft, boolean fresh) {
    return new Answer(ReservedOutput.of(dataset, draft), fresh);
  }

  private Uni<Answer> fresh(
      Mutiny.Session session, ProjectScope scope, ReservationRequest request) {
    return output(session, scope, request)
        .flatMap(
            output -> datasets.lockOrCreate(session, scope, output, request.checkedRequestedBy()))
        .flatMap(
            dataset ->
                inputs(session, scope, request)
                    .flatMap(inputs -> reserve(session, scope, dataset, request, inputs)));
  }

  private Uni<Answer> reserve(
      Mutiny.Session session,
      ProjectScope scope,
      Dataset dataset,
      ReservationRequest request,
      List<UUID> inputs) {
    return parent(session, scope, dataset, request)
        .map(
            parent ->
                new Reservation(
                    request.maker(), request.checkedRequestedBy(), inputs, parent.orElse(null)))
        .flatMap(reservation -> drafts.reserve(session, scope, dataset, reservation))
        .call(draft -> runs.put(session, scope, draft.id(), request))
        .map(draft -> answer(dataset, draft, true));
  }

  private Uni<Optional<VersionOfDataset>> parent(
      Mutiny.Session session, ProjectScope scope, Dataset dataset, ReservationRequest request) {
    return request.inheritsLatest() && dataset.latestNumber() != null
        ? lookup.find(session, scope, new VersionRef(dataset.name(), "latest"))
        : Uni.createFrom().item(Optional.empty());
  }

  private Uni<List<UUID>> inputs(
      Mutiny.Session session, ProjectScope scope, ReservationRequest request) {
    return Multi.createFrom()
        .iterable(request.inputList())
        .onItem()
        .transformToUniAndConcatenate(
            input -> lookup.usable(session, scope, input.dataset(), input.version()))
        .map(found -> found.version().id())
        .select()
        .distinct()
        .collect()
        .asList();
  }

  private Uni<NewDataset> output(
      Mutiny.Session session, ProjectScope scope, ReservationRequest request) {
    String name = String.valueOf(request.dataset());
    if (!request.takesAnyType()) {
      DataType type = DataType.of(request.dataType());
      return Uni.createFrom().item(NewDataset.ofRun(name, type, request.displayName()));
    }
    return datasets
        .find(session, scope, name)
        .map(found -> found.map(Dataset::dataType).orElse(DataType.BINARY))
        .map(type -> NewDataset.ofRun(name, type, request.displayName()));
  }

  /**
   * The answer to a request.
   *
   * @param fresh whether the draft was made by this request
   */
  record Answer(ReservedOutput output, boolean fresh) {}
}
