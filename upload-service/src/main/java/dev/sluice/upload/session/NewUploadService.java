package dev.sluice.upload.session;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.Idempotency;
import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.intake.Draft;
import dev.sluice.upload.intake.DraftService;
import dev.sluice.upload.intake.Holdings;
import dev.sluice.upload.intake.HoldingsService;
import dev.sluice.upload.ledger.BeginService;
import dev.sluice.upload.ledger.Begun;
import dev.sluice.upload.ledger.Begun.Accepted;
import dev.sluice.upload.ledger.Begun.Refused;
import dev.sluice.upload.ledger.NewFile;
import dev.sluice.upload.ledger.Target;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Begins uploads: the step new_multipart. */
@ApplicationScoped
class NewUploadService {
  private final DraftService drafts;
  private final BeginService beginnings;
  private final HoldingsService holdings;
  private final Transactions transactions;
  private final Idempotency idempotency;

  NewUploadService(
      DraftService drafts,
      BeginService beginnings,
      HoldingsService holdings,
      Transactions transactions,
      Idempotency idempotency) {
    this.holdings = holdings;
    this.drafts = drafts;
    this.beginnings = beginnings;
    this.transactions = transactions;
    this.idempotency = idempotency;
  }

  /**
   * The upload of the announced file.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 for an unknown draft, 409 for one that
   *     takes no files
   */
  Uni<UploadView> begin(ProjectScope scope, Announcement file, IdempotentRequest request) {
    return drafts
        .open(scope, file.dataset(), file.version())
        .flatMap(
            draft ->
                holdings
                    .of(scope, List.of(file.content()), draft, List.of(file.path()))
                    .flatMap(
                        held ->
                            transactions.in(
                                s -> begin(s, scope, file(draft, file), held, request))))
        .invoke(() -> CrashPoint.hit("upload.begin.afterCommit"));
  }

  private Uni<UploadView> begin(
      Mutiny.Session session,
      ProjectScope scope,
      NewFile file,
      Holdings held,
      IdempotentRequest request) {
    return idempotency.once(
        session,
        request,
        UploadView.class,
        () ->
            beginnings
                .begin(session, scope, List.of(file), held)
                .map(begun -> view(begun.getFirst())));
  }

  private static UploadView view(Begun begun) {
    return switch (begun) {
      case Accepted a -> UploadView.of(a.upload());
      case Refused r -> throw r.problem().exception();
    };
  }

  private static NewFile file(Draft draft, Announcement file) {
    return new NewFile(Target.of(draft), file.path(), file.content());
  }
}
