package dev.sluice.upload.reconcile;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.reconcile.Findings.Found;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Compares store, ledger and catalog. Every step may be done twice and by two replicas at once:
 * what is thrown away has no owner, and what is said again is known to be the same.
 */
@ApplicationScoped
class ReconcileService {
  private static final Logger LOG = Logger.getLogger(ReconcileService.class);

  private final Transactions transactions;
  private final ReconcileRepository rows;
  private final OrphanedPartsService parts;
  private final OrphanedObjectsService objects;
  private final LostFactsService facts;

  ReconcileService(
      Transactions transactions,
      ReconcileRepository rows,
      OrphanedPartsService parts,
      OrphanedObjectsService objects,
      LostFactsService facts) {
    this.transactions = transactions;
    this.rows = rows;
    this.parts = parts;
    this.objects = objects;
    this.facts = facts;
  }

  @Scheduled(
      every = "${sluice.reconcile.every:6h}",
      delayed = "${sluice.reconcile.first:10m}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return transactions
        .reading(rows::projectsAnyProject)
        .onItem()
        .transformToMulti(projects -> Multi.createFrom().iterable(projects))
        .onItem()
        .transformToUniAndConcatenate(
            project ->
                reconcile(ProjectScope.system(project), false)
                    .invoke(found -> LOG.debugf("reconciled: %s", found))
                    .onFailure()
                    .invoke(f -> LOG.warnf("%s is reconciled later: %s", project, f.toString()))
                    .onFailure()
                    .recoverWithNull())
        .collect()
        .last()
        .replaceWithVoid();
  }

  /**
   * Finds what has no owner in a project and, unless it is a dry run, puts it right.
   *
   * @throws dev.sluice.support.problem.ProblemException 503 when the catalog does not answer
   */
  Uni<Findings> reconcile(ProjectScope scope, boolean dryRun) {
    return parts
        .abort(scope, dryRun)
        .flatMap(
            multiparts ->
                objects
                    .deleteStaged(scope, dryRun)
                    .flatMap(staged -> rest(scope, dryRun, multiparts, staged)));
  }

  private Uni<Findings> rest(ProjectScope scope, boolean dryRun, Found multiparts, Found staged) {
    return objects
        .deleteUnknown(scope, dryRun)
        .flatMap(
            unknown ->
                facts
                    .sayAgain(scope, dryRun)
                    .map(
                        said ->
                            new Findings(
                                scope.project(), dryRun, multiparts, staged, unknown, said)));
  }
}
