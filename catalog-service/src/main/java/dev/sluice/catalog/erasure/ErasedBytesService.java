package dev.sluice.catalog.erasure;

import dev.sluice.catalog.erasure.ErasureRepository.Removed;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.storage.ObjectStore;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes the bytes of objects that are removed, until it is done. Doing it twice, or by two
 * replicas, changes nothing: no file can point at them any more.
 */
@ApplicationScoped
class ErasedBytesService {
  private static final Logger LOG = Logger.getLogger(ErasedBytesService.class);
  private static final int BATCH = 1_000;

  private final Transactions transactions;
  private final ErasureRepository rows;
  private final ObjectStore store;

  ErasedBytesService(Transactions transactions, ErasureRepository rows, ObjectStore store) {
    this.transactions = transactions;
    this.rows = rows;
    this.store = store;
  }

  @Scheduled(every = "${sluice.erasure.every:10s}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return transactions
        .in(rows::removeBlockedAnyProject)
        .chain(() -> transactions.reading(session -> rows.removedAnyProject(session, BATCH)))
        .flatMap(this::delete);
  }

  private Uni<Void> delete(List<Removed> removed) {
    return Multi.createFrom()
        .iterable(
            removed.stream()
                .collect(
                    Collectors.groupingBy(
                        Removed::project,
                        Collectors.mapping(Removed::objectKey, Collectors.toList())))
                .entrySet())
        .onItem()
        .transformToUniAndConcatenate(entry -> delete(entry.getKey(), entry.getValue()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** A store that is away means: at the next turn. */
  private Uni<Void> delete(String project, List<String> keys) {
    ProjectScope scope = ProjectScope.system(project);
    return Contexts.blocking(
            () -> {
              store.deleteNow(store.bucketOf(project), keys);
              CrashPoint.hit("catalog.erasure.afterBytes");
              return keys;
            })
        .flatMap(gone -> transactions.in(session -> rows.gone(session, scope, gone)))
        .onFailure()
        .invoke(f -> LOG.warnf("bytes of %s go later: %s", project, f.toString()))
        .onFailure()
        .recoverWithNull();
  }
}
