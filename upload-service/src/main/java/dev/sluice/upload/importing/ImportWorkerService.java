package dev.sluice.upload.importing;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.importing.ClaimRepository.Claim;
import dev.sluice.upload.importing.transfer.Run;
import dev.sluice.upload.importing.transfer.StepService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Takes imports that nobody works on and carries each on a virtual thread. A claim with a lease
 * keeps replicas apart, so a kill costs one lease; what was brought is in the store and the rows.
 */
@ApplicationScoped
class ImportWorkerService implements ImportSignal {
  private static final Logger LOG = Logger.getLogger(ImportWorkerService.class);

  private final Transactions transactions;
  private final ClaimRepository claims;
  private final ProgressRepository progress;
  private final WorkService work;
  private final FailService failing;
  private final StepService steps;
  private final ImportConfig config;
  private final Vertx vertx;
  private final Clock clock;
  private final UUID owner = UUID.randomUUID();
  private final Map<ImportId, Carried> active = new ConcurrentHashMap<>();
  private final AtomicBoolean claiming = new AtomicBoolean();

  ImportWorkerService(
      Transactions transactions,
      ClaimRepository claims,
      ProgressRepository progress,
      WorkService work,
      FailService failing,
      StepService steps,
      ImportConfig config,
      Vertx vertx,
      Clock clock) {
    this.transactions = transactions;
    this.claims = claims;
    this.progress = progress;
    this.work = work;
    this.failing = failing;
    this.steps = steps;
    this.config = config;
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  @Scheduled(every = "${sluice.imports.look-every:1s}")
  public void wake() {
    if (claiming.compareAndSet(false, true)) {
      Contexts.apart(vertx, this::claim).subscribe().with(this::start, this::lookLater);
    }
  }

  @Override
  public void stopped(ImportId id) {
    Carried carried = active.get(id);
    if (carried != null) {
      carried.stop();
    }
  }

  void onStop(@Observes ShutdownEvent stop) {
    active.values().forEach(Carried::stop);
  }

  private Uni<List<Claim>> claim() {
    int slots = config.parallelism() - active.size();
    if (slots <= 0) {
      return Uni.createFrom().item(List.of());
    }
    Instant now = clock.instant();
    return transactions.in(
        s -> claims.claimAnyProject(s, owner, now, now.plus(config.lease()), slots));
  }

  private void start(List<Claim> taken) {
    taken.forEach(this::start);
    claiming.set(false);
  }

  /** A claim of our own that came back is one whose lease ended while its thread was stuck. */
  private void start(Claim claim) {
    CrashPoint.hit("import.claimed");
    Run run = new Run();
    Thread thread =
        Thread.ofVirtual().name("import " + claim.id()).unstarted(() -> carry(run, claim));
    Carried former = active.put(claim.id(), new Carried(run, thread));
    if (former != null) {
      former.stop();
    }
    thread.start();
  }

  private void carry(Run run, Claim claim) {
    try {
      work.carry(run, claim);
    } catch (CancellationException e) {
      LOG.debugf("import %s is not ours any more: %s", claim.id(), e.getMessage());
    } catch (Exception e) {
      after(run, claim, e);
    } finally {
      active.computeIfPresent(claim.id(), (id, c) -> c.run() == run ? null : c);
      wake();
    }
  }

  /** What interrupting a thread looks like depends on where it was. */
  private void after(Run run, Claim claim, Exception failure) {
    if (run.stopped()) {
      return;
    }
    try {
      steps.call(() -> failing.after(claim, failure));
    } catch (CancellationException e) {
      LOG.debugf("import %s is not ours any more", claim.id());
    } catch (RuntimeException e) {
      LOG.warnf("import %s is left to its lease: %s", claim.id(), e.toString());
    }
  }

  /** Signs of life, and the news that an import is not wanted any more. */
  @Scheduled(
      every = "${sluice.imports.renew-every:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> renew() {
    Set<ImportId> held = Set.copyOf(active.keySet());
    if (held.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Instant until = clock.instant().plus(config.lease());
    return transactions
        .in(session -> claims.renewAnyProject(session, owner, held, until))
        .invoke(ours -> held.stream().filter(id -> !ours.contains(id)).forEach(this::stopped))
        .chain(() -> transactions.in(s -> progress.saveAnyProject(s, owner, inFlight())))
        .replaceWithVoid();
  }

  private Map<UUID, Long> inFlight() {
    Map<UUID, Long> bytes = new ConcurrentHashMap<>();
    active.forEach((id, carried) -> bytes.put(id.value(), carried.run().inFlight()));
    return bytes;
  }

  private void lookLater(Throwable failure) {
    claiming.set(false);
    LOG.warnf("imports wait: %s", failure.toString());
  }

  /** An import that this replica carries. */
  private record Carried(Run run, Thread thread) {
    void stop() {
      run.stop();
      thread.interrupt();
    }
  }
}
