package dev.sluice.upload.importing;

import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.problem.Failures;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.upload.archive.ArchiveException;
import dev.sluice.upload.importing.ClaimRepository.Claim;
import dev.sluice.upload.importing.ImportState.Failed;
import dev.sluice.upload.importing.ImportState.Running;
import dev.sluice.upload.source.SourceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Decides what follows when an import could not go on: it rests, or it has failed. */
@ApplicationScoped
class FailService {
  private static final Logger LOG = Logger.getLogger(FailService.class);

  private static final Set<String> DRAFT_GONE =
      Set.of("version-not-found", "version-sealed", "dataset-not-found");

  private final HoldService holds;
  private final SumRepository sums;
  private final ImportConfig config;
  private final Clock clock;

  FailService(HoldService holds, SumRepository sums, ImportConfig config, Clock clock) {
    this.holds = holds;
    this.sums = sums;
    this.config = config;
    this.clock = clock;
  }

  /**
   * What follows. A part of Sluice that is away is waited for without end, a source only for some
   * time.
   */
  Uni<Void> after(Claim claim, Throwable failure) {
    Optional<SourceException> source = SourceException.in(failure);
    if (source.isPresent()) {
      return source.get().retryable()
          ? restOrFail(claim, ImportFault.of(source.get()))
          : fail(claim, ImportFault.of(source.get()));
    }
    if (failure instanceof ImportFault fault) {
      return fail(claim, fault);
    }
    if (failure instanceof ArchiveException archive) {
      return fail(claim, ImportFault.of(archive));
    }
    if (Failures.isTransient(failure)) {
      LOG.infof("import %s waits: %s", claim.id(), failure);
      return rest(claim, config.rest(), false);
    }
    if (failure instanceof ProblemException problem) {
      return fail(claim, new ImportFault(problem.problem().code(), problem.problem().detail()));
    }
    LOG.errorf(failure, "import %s failed", claim.id());
    return fail(claim, new ImportFault("internal", "Something went wrong inside Sluice."));
  }

  private Uni<Void> restOrFail(Claim claim, ImportFault fault) {
    return holds
        .held(claim, locked -> Uni.createFrom().item(locked.job().tries()))
        .flatMap(
            tries ->
                tries + 1 >= config.tries()
                    ? fail(claim, fault)
                    : rest(claim, config.rest().multipliedBy(1L << Math.min(tries, 10)), true));
  }

  private Uni<Void> rest(Claim claim, Duration time, boolean counts) {
    Instant until = clock.instant().plus(time);
    return holds.held(
        claim,
        locked -> {
          locked.rest(until, counts);
          return Uni.createFrom().voidItem();
        });
  }

  /** The draft is kept for a retry, if there is one. */
  private Uni<Void> fail(Claim claim, ImportFault fault) {
    Instant at = clock.instant();
    return holds.held(
        claim,
        locked ->
            sums.progress(locked.session(), claim.scope(), claim.id())
                .invoke(locked::take)
                .chain(() -> fail(locked, fault, at)));
  }

  private Uni<Void> fail(LockedImport locked, ImportFault fault, Instant at) {
    if (!(locked.job().state() instanceof Running running)) {
      throw new IllegalStateException("an import that is held is running");
    }
    Failed failed = running.failed(fault.code(), String.valueOf(fault.getMessage()), at);
    Import job = locked.become(failed);
    boolean draft = job.destination().isPresent() && !DRAFT_GONE.contains(fault.code());
    if (!draft) {
      locked.forgetDraft();
    }
    locked.keepDraftUntil(draft ? at.plus(config.keepFailed()) : null);
    return locked
        .session()
        .flush()
        .chain(() -> Outbox.append(locked.session(), ImportFacts.failed(job, failed, draft, at)));
  }
}
