package dev.sluice.upload.verification;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.tracing.TraceContext;
import dev.sluice.upload.ledger.AddressLife;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.session.VerificationSignal;
import dev.sluice.upload.verification.VerificationRepository.Claim;
import dev.sluice.upload.verification.VerificationRepository.Terms;
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
import java.util.stream.Collectors;
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
  private final AddressLife addresses;
  private final Vertx vertx;
  private final Clock clock;
  private final UUID owner = UUID.randomUUID();
  private final List<Lane> lanes;

  VerificationService(
      Transactions transactions,
      VerificationRepository claims,
      VerifyService verify,
      VerificationConfig config,
      AddressLife addresses,
      Vertx vertx,
      Clock clock) {
    this.transactions = transactions;
    this.claims = claims;
    this.verify = verify;
    this.config = config;
    this.addresses = addresses;
    this.vertx = vertx;
    this.clock = clock;
    this.lanes = List.of(new Lane(false, config.parallelism()), new Lane(true, config.group()));
  }

  @Override
  @Scheduled(every = "${sluice.verification.look-every:1s}")
  public void wake() {
    lanes.forEach(this::wake);
  }

  private void wake(Lane lane) {
    if (lane.beginClaiming()) {
      Contexts.apart(vertx, () -> claim(lane))
          .subscribe()
          .with(claims -> start(lane, claims), failure -> lookLater(lane, failure));
    }
  }

  @Scheduled(
      every = "${sluice.verification.renew-every:15s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> renew() {
    Set<UploadId> active =
        lanes.stream().flatMap(lane -> lane.active().stream()).collect(Collectors.toSet());
    if (active.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Instant until = clock.instant().plus(config.lease());
    return transactions
        .in(session -> claims.renewAnyProject(session, owner, active, until))
        .replaceWithVoid();
  }

  private Uni<List<Claim>> claim(Lane lane) {
    int room = lane.room();
    if (room <= 0) {
      return Uni.createFrom().item(List.of());
    }
    return transactions.in(
        s -> claims.claimAnyProject(s, owner, lane.single(), terms(clock.instant()), room));
  }

  private Terms terms(Instant now) {
    return new Terms(
        now,
        now.plus(config.lease()),
        now.minus(config.yieldFor()),
        now.plus(addresses.validFor()).minus(config.sendingFor()));
  }

  private void start(Lane lane, List<Claim> taken) {
    lane.taken(taken).forEach(group -> startGroup(lane, group));
    if (lane.wantsAnotherLook()) {
      wake(lane);
    }
  }

  private void startGroup(Lane lane, List<Claim> group) {
    CrashPoint.hit("upload.verify.claimed");
    Contexts.apart(vertx, () -> traced(group))
        .subscribe()
        .with(
            unjudged -> finish(lane, group, unjudged),
            failure -> {
              LOG.warnf("%d uploads are read back later: %s", group.size(), failure.toString());
              finish(lane, group, group);
            });
  }

  private Uni<List<Claim>> traced(List<Claim> group) {
    return TraceContext.continuing(
        group.getFirst().traceparent(), "verify upload", () -> verify.verify(group, owner));
  }

  private void finish(Lane lane, List<Claim> group, List<Claim> unjudged) {
    lane.done(group.stream().filter(claim -> !unjudged.contains(claim)).toList());
    if (unjudged.isEmpty()) {
      wake(lane);
    } else {
      rest(lane, unjudged);
    }
  }

  /** Claims stay ours for a moment, so that an absent store is not asked without end. */
  private void rest(Lane lane, List<Claim> unjudged) {
    Instant until = clock.instant().plus(config.retryAfter());
    Set<UploadId> ids = unjudged.stream().map(Claim::id).collect(Collectors.toSet());
    Contexts.apart(vertx, () -> transactions.in(s -> claims.renewAnyProject(s, owner, ids, until)))
        .subscribe()
        .with(done -> lane.done(unjudged), lost -> lane.done(unjudged));
  }

  private void lookLater(Lane lane, Throwable failure) {
    lane.claimedNothing();
    LOG.warnf("reading back waits: %s", failure.toString());
  }
}
