package dev.sluice.catalog.garbage;

import dev.sluice.catalog.garbage.Collector.Order;
import dev.sluice.catalog.garbage.GarbageProblem.CollectionNotFound;
import dev.sluice.catalog.garbage.GarbageProblem.CollectionRunning;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.storage.ObjectStore;
import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Collects garbage of projects: when asked, and from time to time. */
@ApplicationScoped
class GarbageService {
  private static final Logger LOG = Logger.getLogger(GarbageService.class);
  private static final int LISTED = 100;

  private final AgroalDataSource database;
  private final Transactions transactions;
  private final GarbageRepository collections;
  private final ObjectStore store;
  private final GarbageConfig config;

  GarbageService(
      AgroalDataSource database,
      Transactions transactions,
      GarbageRepository collections,
      ObjectStore store,
      GarbageConfig config) {
    this.database = database;
    this.transactions = transactions;
    this.collections = collections;
    this.store = store;
    this.config = config;
    if (config.grace().compareTo(GarbageConfig.SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "sluice.garbage.grace is " + config.grace() + ", less than " + GarbageConfig.SHORTEST);
    }
  }

  /**
   * Begins a collection, which goes on by itself; 409 while another one runs. Beginning and going
   * on are one step: a caller who hangs up between them would leave the lock to nobody.
   */
  Uni<GarbageCollection> start(ProjectScope scope, boolean dryRun) {
    return Contexts.blocking(
            () -> {
              Optional<Collector> begun = begin(scope.project(), scope.caller(), dryRun);
              CrashPoint.hit("catalog.garbage.begun");
              return goOn(scope, begun);
            })
        .flatMap(id -> get(scope, id));
  }

  private static UUID goOn(ProjectScope scope, Optional<Collector> begun) {
    Collector collector =
        begun.orElseThrow(() -> new CollectionRunning(scope.project()).exception());
    Infrastructure.getDefaultWorkerPool().execute(() -> collect(scope.project(), collector));
    return collector.id();
  }

  Uni<GarbageCollection> get(ProjectScope scope, UUID id) {
    return transactions
        .reading(session -> collections.find(session, scope, id))
        .map(found -> found.orElseThrow(() -> new CollectionNotFound(id.toString()).exception()));
  }

  /** The newest ones, newest first. */
  Uni<List<GarbageCollection>> list(ProjectScope scope) {
    return transactions.reading(session -> collections.newest(session, scope, LISTED));
  }

  /** One project after another; those that another replica works on, or just did, are left out. */
  @Scheduled(
      every = "${sluice.garbage.every:6h}",
      delayed = "${sluice.garbage.first:20m}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void sweep() {
    for (String project : Collector.due(database)) {
      try {
        begin(project, "sluice", false).ifPresent(collector -> collect(project, collector));
      } catch (RuntimeException e) {
        LOG.warnf("garbage is collected later: project=%s reason=%s", project, e.getMessage());
      }
    }
  }

  private Optional<Collector> begin(String project, String by, boolean dryRun) {
    String bucket = store.bucketOf(project);
    Duration grace = config.grace();
    return Collector.begin(
        database,
        new Order(
            project, by, dryRun, grace, config.mostBits(), keys -> store.deleteNow(bucket, keys)));
  }

  private static void collect(String project, Collector begun) {
    try (begun) {
      LOG.debugf("garbage collected: project=%s %s", project, begun.collect());
    } catch (RuntimeException e) {
      LOG.warnf("garbage is collected later: project=%s reason=%s", project, e.getMessage());
    }
  }
}
