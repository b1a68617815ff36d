package dev.sluice.upload.intake;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.problem.UploadProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Says which drafts take files; asks the catalog when the copy does not know a version yet. */
@ApplicationScoped
public class DraftService {
  /** Makers of versions whose files come in through uploads. */
  private static final Set<String> BY_PEOPLE = Set.of("upload", "edit");

  private final Transactions transactions;
  private final DraftRepository drafts;
  private final CatalogClient catalog;

  DraftService(Transactions transactions, DraftRepository drafts, CatalogClient catalog) {
    this.transactions = transactions;
    this.drafts = drafts;
    this.catalog = catalog;
  }

  /**
   * The version, whatever its state.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 when there is no such dataset or
   *     version
   */
  public Uni<Draft> known(ProjectScope scope, String dataset, String version) {
    return transactions
        .reading(session -> drafts.find(session, scope, dataset, version))
        .flatMap(found -> readThrough(scope, dataset, version, found))
        .invoke(draft -> refuse(draft, DraftState.DROPPED));
  }

  /**
   * The version, when it takes files.
   *
   * @throws dev.sluice.support.problem.ProblemException 404, or 409 for a sealed version or one
   *     that a run or an import writes
   */
  public Uni<Draft> open(ProjectScope scope, String dataset, String version) {
    return known(scope, dataset, version)
        .invoke(draft -> refuse(draft, DraftState.SEALED))
        .invoke(draft -> refuse(draft, DraftState.RESERVED))
        .invoke(draft -> refuse(draft, DraftState.IMPORTING));
  }

  /**
   * The version, when files that were begun may still be finished: its own, or those of its import.
   *
   * @throws dev.sluice.support.problem.ProblemException 404, or 409 for a sealed version or one
   *     that a run writes
   */
  public Uni<Draft> unfinished(ProjectScope scope, String dataset, String version) {
    return known(scope, dataset, version)
        .invoke(draft -> refuse(draft, DraftState.SEALED))
        .invoke(draft -> refuse(draft, DraftState.RESERVED));
  }

  static DraftState stateOf(String producedBy) {
    return producedBy.equals("import")
        ? DraftState.IMPORTING
        : BY_PEOPLE.contains(producedBy) ? DraftState.OPEN : DraftState.RESERVED;
  }

  private static void refuse(Draft draft, DraftState state) {
    if (draft.state() == state) {
      UploadProblem problem =
          state == DraftState.DROPPED
              ? new UploadProblem.VersionNotFound(draft.dataset(), draft.version())
              : new UploadProblem.VersionNotOpen(draft.dataset(), draft.version(), state.label());
      throw problem.exception();
    }
  }

  private Uni<Draft> readThrough(
      ProjectScope scope, String dataset, String version, Optional<Draft> found) {
    return found
        .map(draft -> Uni.createFrom().item(draft))
        .orElseGet(
            () -> catalog.draft(scope.project(), dataset, version).call(d -> keep(scope, d)));
  }

  private Uni<Void> keep(ProjectScope scope, Draft draft) {
    return transactions.in(
        session ->
            drafts
                .saveDataset(
                    session, scope, draft.datasetId(), draft.dataset(), draft.dataType().label())
                .chain(
                    () ->
                        drafts.saveDraft(
                            session, scope, draft.datasetId(), draft.version(), draft.state())));
  }
}
