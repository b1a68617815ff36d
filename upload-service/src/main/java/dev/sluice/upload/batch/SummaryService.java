package dev.sluice.upload.batch;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.batch.BatchViews.Summary;
import dev.sluice.upload.intake.DraftService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Sums the uploads of a version up. */
@ApplicationScoped
class SummaryService {
  private final DraftService drafts;
  private final SummaryRepository rows;
  private final Transactions transactions;

  SummaryService(DraftService drafts, SummaryRepository rows, Transactions transactions) {
    this.drafts = drafts;
    this.rows = rows;
    this.transactions = transactions;
  }

  /**
   * How many files stand where.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 for an unknown dataset or version
   */
  Uni<Summary> of(ProjectScope scope, String dataset, String version) {
    return drafts
        .known(scope, dataset, version)
        .flatMap(
            draft ->
                transactions.reading(
                    session -> rows.sums(session, scope, draft.datasetId(), version)))
        .map(Summary::of);
  }
}
