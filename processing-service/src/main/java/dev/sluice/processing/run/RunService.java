package dev.sluice.processing.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.ProcessingEvent.ProcessingRequested;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.support.http.Idempotency;
import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Accepts requests for runs, from callers and from the topic, and answers about them. */
@ApplicationScoped
public class RunService {
  private final Transactions transactions;
  private final RunRepository repository;
  private final Idempotency idempotency;
  private final RunAcceptance acceptance;

  RunService(
      Transactions transactions,
      RunRepository repository,
      Idempotency idempotency,
      RunAcceptance acceptance) {
    this.transactions = transactions;
    this.repository = repository;
    this.idempotency = idempotency;
    this.acceptance = acceptance;
  }

  /** Accepts a caller's request; the request is said on the topic with the run's id. */
  public Uni<RunView> request(ProjectScope scope, DataSetManifest manifest, @Nullable String key) {
    return request(scope, new Wanted(manifest, null), key);
  }

  Uni<RunView> request(ProjectScope scope, Wanted wanted, @Nullable String key) {
    String dryRun = wanted.dryRunRows() == null ? "" : "dry run of " + wanted.dryRunRows() + "\n";
    String body = dryRun + wanted.manifest().json();
    IdempotentRequest request = IdempotentRequest.of(scope.caller(), key, "post-run", body);
    return transactions.in(
        session ->
            idempotency.once(
                session,
                request,
                RunView.class,
                () -> insertAndSay(session, scope, wanted).map(RunView::of)));
  }

  private Uni<Run> insertAndSay(Mutiny.Session session, ProjectScope scope, Wanted wanted) {
    DataSetManifest manifest = wanted.manifest();
    Run run = acceptance.accept(new RunId(UUID.randomUUID()), scope, manifest, wanted.dryRunRows());
    ProcessingRequested fact =
        new ProcessingRequested(run.project(), manifest.json(), run.requestedBy(), run.createdAt());
    return repository
        .insertIfAbsent(session, scope, run)
        .call(
            () ->
                run.details().dryRun()
                    ? Uni.createFrom().voidItem()
                    : Outbox.append(session, run.id().value(), fact))
        .replaceWith(run);
  }

  /**
   * Accepts a request of the topic inside the consumer's transaction; a run that exists already
   * stays as it is.
   */
  public Uni<Void> requested(
      Mutiny.Session session, UUID eventId, ProjectScope scope, DataSetManifest manifest) {
    RunId id = new RunId(eventId);
    return repository
        .findAnyProject(session, id)
        .flatMap(
            known ->
                known != null
                    ? Uni.createFrom().voidItem()
                    : repository
                        .insertIfAbsent(
                            session, scope, acceptance.accept(id, scope, manifest, null))
                        .replaceWithVoid());
  }

  /** Whether the run exists, so that its request needs no second look. */
  public Uni<Boolean> existsAnyProject(Mutiny.Session session, UUID id) {
    return repository.findAnyProject(session, new RunId(id)).map(row -> row != null);
  }

  /** Starts a run under an id that its caller chose, once, and says so; for triggers. */
  public Uni<Void> triggered(
      Mutiny.Session session, RunId id, ProjectScope scope, DataSetManifest manifest) {
    Run run = acceptance.accept(id, scope, manifest, null);
    ProcessingRequested fact =
        new ProcessingRequested(run.project(), manifest.json(), run.requestedBy(), run.createdAt());
    return repository
        .insertIfAbsent(session, scope, run)
        .chain(() -> session.flush())
        .chain(() -> Outbox.append(session, id.value(), fact));
  }

  /** The run that made a version; empty when none did. */
  public Uni<Optional<UUID>> makerOf(
      Mutiny.Session session, ProjectScope scope, UUID datasetId, String version) {
    return repository.makerOf(session, scope, datasetId, version);
  }

  /** The run of that id, in the caller's transaction. */
  public Uni<Optional<Run>> knownAnyProject(Mutiny.Session session, RunId id) {
    return repository
        .findAnyProject(session, id)
        .map(row -> Optional.ofNullable(row).map(RunColumns::toRun));
  }

  /** One page of a project's runs, newest first. */
  Uni<Page<RunView>> list(ProjectScope scope, @Nullable String state, PageRequest page) {
    return transactions
        .reading(session -> repository.list(session, scope, state, page))
        .map(rows -> Page.of(rows, page, row -> RunRepository.RunKey.of(row).toString()))
        .map(rows -> rows.map(row -> RunView.of(RunColumns.toRun(row))));
  }

  /**
   * A run by its id alone; the caller of this method checks who may see it.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 when there is none
   */
  public Uni<Run> findAnyProject(RunId id) {
    return transactions
        .reading(session -> repository.findAnyProject(session, id))
        .map(row -> RunColumns.toRun(known(id, row)));
  }

  /** What a dry run's current attempt has found; null when it has said nothing. */
  Uni<@Nullable JsonNode> sampleAnyProject(Run run) {
    if (!run.details().dryRun()) {
      return Uni.createFrom().nullItem();
    }
    return transactions
        .reading(session -> repository.sampleAnyProject(session, run.id(), run.state().attempt()))
        .map(found -> found.isEmpty() ? null : RunColumns.readAs(found.getFirst(), JsonNode.class));
  }

  /** Whether a dry run's current attempt has said what it found. */
  public Uni<Boolean> hasSampleAnyProject(Run run) {
    return sampleAnyProject(run).map(sample -> sample != null);
  }

  /** Asks for the end of a run; the watcher stops it. */
  Uni<RunView> cancel(ProjectScope scope, RunId id) {
    return transactions.in(
        session ->
            repository
                .lockAnyProject(session, id)
                .map(row -> RunView.of(cancelled(scope, known(id, row)))));
  }

  private static Run cancelled(ProjectScope scope, RunEntity row) {
    Run run = RunColumns.toRun(row);
    if (run.state() instanceof RunState.Ended || !run.project().equals(scope.project())) {
      throw new RunProblem.RunEnded(run.id().toString(), run.state().text()).exception();
    }
    if (row.cancelRequestedBy == null) {
      row.cancelRequestedBy = scope.caller();
      row.cancelRequestedAt = RunFenceService.now();
    }
    row.nextCheckAt = Instant.now();
    return RunColumns.toRun(row);
  }

  private static RunEntity known(RunId id, @Nullable RunEntity row) {
    if (row == null) {
      throw new RunProblem.RunNotFound(id.toString()).exception();
    }
    return row;
  }

  /** What a run may read, for whoever shows its attempt's token. */
  public Uni<@Nullable AttemptInput> attemptInput(RunId id, int number, RunToken token) {
    return transactions.reading(
        session ->
            repository
                .attempt(session, id.submissionId(number))
                .flatMap(attempt -> inputOf(session, id, token, attempt)));
  }

  private Uni<@Nullable AttemptInput> inputOf(
      Mutiny.Session session, RunId id, RunToken token, @Nullable AttemptEntity attempt) {
    if (attempt == null || !attempt.isOpenFor(token)) {
      return Uni.createFrom().nullItem();
    }
    return repository
        .findAnyProject(session, id)
        .flatMap(
            row ->
                repository
                    .input(session, id)
                    .map(files -> new AttemptInput(RunColumns.toRun(known(id, row)), files)));
  }

  /**
   * An attempt's run and the files it reads.
   *
   * @param files JSON list of the catalog's file records
   */
  public record AttemptInput(Run run, String files) {}

  /**
   * What a caller wants.
   *
   * @param dryRunRows rows to look at without making a version; null makes one
   */
  record Wanted(DataSetManifest manifest, @Nullable Integer dryRunRows) {}
}
