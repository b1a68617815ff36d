package dev.sluice.upload.verification;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.tracing.TraceContext;
import dev.sluice.upload.async.Contexts;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.session.VerificationSignal;
import dev.sluice.upload.verification.VerificationRepository.Claim;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Reads uploads back, a few at a time. Durable: a row in state verifying is the order to do so, and
 * a claim with a lease keeps replicas apart, so a kill costs one lease and nothing else.
 */
@ApplicationScoped
class VerificationService implements VerificationSignal {
  private static final Logger LOG = Logger.getLogger(VerificationService.class);

  private final Transactions transactions;
  private final VerificationRepository claims;
  private final VerifyService verify;
  private final VerificationConfig config;
  private final Vertx vertx;
  private final Clock clock;
  private final UUID owner = UUID.randomUUID();
  private final Set<UploadId> active = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean claiming = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();

  VerificationService(
      Transactions transactions,
      VerificationRepository claims,
      VerifyService verify,
      VerificationConfig config,
      Vertx vertx,
      Clock clock) {
    this.transactions = transactions;
    this.claims = claims;
    this.verify = verify;
    this.config = config;
    this.vertx = vertx;
    this.clock = clock;
  }

  @Override
  @Scheduled(every = "${sluice.verification.look-every:1s}")
  public void wake() {
    again.set(true);
    if (claiming.compareAndSet(false, true)) {
      again.set(false);
      Contexts.apart(vertx, this::claim).subscribe().with(this::start, this::lookLater);
    }
  }

  @Scheduled(
      every = "${sluice.verification.renew-every:15s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> renew() {
    if (active.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Instant until = clock.instant().plus(config.lease());
    return transactions
        .in(session -> claims.renewAnyProject(session, owner, Set.copyOf(active), until))
        .replaceWithVoid();
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
    taken.forEach(claim -> active.add(claim.id()));
    claiming.set(false);
    taken.forEach(this::start);
    if (again.get() && active.size() < config.parallelism()) {
      wake();
    }
  }

  private void start(Claim claim) {
    CrashPoint.hit("upload.verify.claimed");
    Contexts.apart(vertx, () -> traced(claim))
        .subscribe()
        .with(done -> finish(claim), failure -> rest(claim, failure));
  }

  private Uni<Void> traced(Claim claim) {
    return TraceContext.continuing(
        claim.traceparent(), "verify upload", () -> verify.verify(claim, owner));
  }

  private void finish(Claim claim) {
    active.remove(claim.id());
    wake();
  }

  /** The claim stays ours for a moment, so that an absent store is not asked without end. */
  private void rest(Claim claim, Throwable failure) {
    LOG.warnf("upload %s is read back later: %s", claim.id(), failure.toString());
    Instant until = clock.instant().plus(config.retryAfter());
    Contexts.apart(
            vertx,
            () -> transactions.in(s -> claims.renewAnyProject(s, owner, Set.of(claim.id()), until)))
        .subscribe()
        .with(done -> active.remove(claim.id()), lost -> active.remove(claim.id()));
  }

  private void lookLater(Throwable failure) {
    claiming.set(false);
    LOG.warnf("reading back waits: %s", failure.toString());
  }
}
