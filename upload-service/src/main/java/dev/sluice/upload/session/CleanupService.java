package dev.sluice.upload.session;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.upload.async.Contexts;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.session.CleanupRepository.Rubbish;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartStore;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Throws away what uploads that came to nothing left in the store: parts, or the object. Durable: a
 * row asks for it until it is done, and once more after the last address has expired.
 */
@ApplicationScoped
class CleanupService {
  private static final Logger LOG = Logger.getLogger(CleanupService.class);
  private static final Duration TURN = Duration.ofMinutes(1);
  private static final int BATCH = 50;

  private final Transactions transactions;
  private final CleanupRepository rows;
  private final PartStore parts;
  private final ObjectStore objects;
  private final Vertx vertx;
  private final Clock clock;

  CleanupService(
      Transactions transactions,
      CleanupRepository rows,
      PartStore parts,
      ObjectStore objects,
      Vertx vertx,
      Clock clock) {
    this.transactions = transactions;
    this.rows = rows;
    this.parts = parts;
    this.objects = objects;
    this.vertx = vertx;
    this.clock = clock;
  }

  /** Looks soon; returns at once. */
  void wake() {
    Contexts.apart(vertx, this::sweep)
        .subscribe()
        .with(done -> {}, failure -> LOG.warnf("clean-up waits: %s", failure.toString()));
  }

  @Scheduled(
      every = "${sluice.upload.cleanup-every:5s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    Instant now = clock.instant();
    return transactions
        .in(session -> rows.takeAnyProject(session, now, now.plus(TURN), BATCH))
        .flatMap(this::throwAway);
  }

  private Uni<Void> throwAway(List<Rubbish> rubbish) {
    return Multi.createFrom()
        .iterable(rubbish)
        .onItem()
        .transformToUniAndConcatenate(this::throwAway)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** A store that is away means: at the row's next turn. */
  private Uni<Void> throwAway(Rubbish rubbish) {
    ObjectAddress address =
        new ObjectAddress(objects.bucketOf(rubbish.project()), new ObjectKey(rubbish.objectKey()));
    Uni<Void> aborted =
        rubbish.storeUploadId().isEmpty()
            ? Uni.createFrom().voidItem()
            : parts.abort(address, rubbish.storeUploadId());
    return aborted
        .chain(() -> rubbish.reachedStore() ? parts.delete(address) : Uni.createFrom().voidItem())
        .chain(() -> done(rubbish))
        .onFailure()
        .invoke(f -> LOG.warnf("upload %s is cleaned up later: %s", rubbish.id(), f.toString()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> done(Rubbish rubbish) {
    ProjectScope scope = ProjectScope.system(rubbish.project());
    return transactions.in(session -> rows.done(session, scope, rubbish.id(), clock.instant()));
  }
}
