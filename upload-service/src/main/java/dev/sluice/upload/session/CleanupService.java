package dev.sluice.upload.session;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.storage.ObjectStore;
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
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Throws away what uploads that came to nothing left in the store: parts, or the object. Durable: a
 * row asks for it until it is done, and once more after the last address has expired.
 */
@ApplicationScoped
class CleanupService {
  private static final Logger LOG = Logger.getLogger(CleanupService.class);
  private static final Duration TURN = Duration.ofMinutes(1);
  private static final int BATCH = 500;

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
    Map<String, List<Rubbish>> byProject =
        rubbish.stream().collect(Collectors.groupingBy(Rubbish::project));
    return Multi.createFrom()
        .iterable(byProject.entrySet())
        .onItem()
        .transformToUniAndConcatenate(entry -> throwAway(entry.getKey(), entry.getValue()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** A store that is away means: at the rows' next turn. */
  private Uni<Void> throwAway(String project, List<Rubbish> rubbish) {
    String bucket = objects.bucketOf(project);
    List<ObjectKey> keys = rubbish.stream().flatMap(r -> r.keys().stream()).toList();
    return abort(bucket, rubbish)
        .chain(() -> parts.delete(bucket, keys))
        .invoke(() -> CrashPoint.hit("upload.cleanup.afterS3"))
        .chain(() -> done(rubbish))
        .onFailure()
        .invoke(f -> LOG.warnf("uploads of %s are cleaned up later: %s", project, f.toString()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> abort(String bucket, List<Rubbish> rubbish) {
    return Multi.createFrom()
        .iterable(rubbish)
        .filter(r -> !r.storeUploadId().isEmpty() && !r.wanted())
        .onItem()
        .transformToUniAndConcatenate(
            r ->
                parts.abort(
                    new ObjectAddress(bucket, new ObjectKey(r.objectKey())), r.storeUploadId()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> done(List<Rubbish> rubbish) {
    List<UUID> ids = rubbish.stream().map(Rubbish::id).toList();
    return transactions.in(session -> rows.doneAnyProject(session, ids, clock.instant()));
  }
}
