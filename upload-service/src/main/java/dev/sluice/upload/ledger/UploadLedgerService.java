package dev.sluice.upload.ledger;

import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.problem.UploadProblem.UploadNotFound;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds uploads and changes them, one at a time. */
@ApplicationScoped
public class UploadLedgerService {
  private static final int NOT_FOUND = 404;

  private final Transactions transactions;
  private final UploadRepository uploads;
  private final ProjectAccess access;

  UploadLedgerService(Transactions transactions, UploadRepository uploads, ProjectAccess access) {
    this.transactions = transactions;
    this.uploads = uploads;
    this.access = access;
  }

  /**
   * The upload, when the caller has the role that the current request needs in its project.
   *
   * @throws ProblemException 404 for an unknown id and for strangers alike, 403 for a lower role
   */
  public Uni<ScopedUpload> found(UploadId id) {
    return transactions
        .reading(session -> uploads.findAnyProject(session, id))
        .map(found -> found.orElseThrow(() -> absent(id)))
        .flatMap(
            upload ->
                access
                    .scope(upload.target().project())
                    .onFailure(UploadLedgerService::isStranger)
                    .transform(failure -> absent(id))
                    .map(scope -> new ScopedUpload(scope, upload)));
  }

  /** Runs {@code work} in a transaction that holds the upload's row. */
  public <T> Uni<T> locked(ProjectScope scope, UploadId id, Function<LockedUpload, Uni<T>> work) {
    return transactions.in(
        session ->
            uploads
                .lock(session, scope, id)
                .map(row -> new LockedUpload(session, row.orElseThrow(() -> absent(id))))
                .flatMap(work::apply));
  }

  /** Runs {@code work} in a transaction that holds the rows of those uploads that exist. */
  public <T> Uni<T> locked(
      ProjectScope scope, Collection<UploadId> ids, Function<LockedUploads, Uni<T>> work) {
    return transactions.in(
        session ->
            uploads
                .lock(session, scope, ids)
                .map(rows -> new LockedUploads(session, scope, uploads, rows))
                .flatMap(work::apply));
  }

  /** Those of the uploads that exist. */
  public Uni<List<Upload>> all(ProjectScope scope, Collection<UploadId> ids) {
    return transactions.reading(session -> uploads.all(session, scope, ids));
  }

  /** The newest upload of the file. */
  public Uni<Optional<Upload>> newest(ProjectScope scope, Target target, FilePath path) {
    return transactions.reading(session -> uploads.newest(session, scope, target, path));
  }

  /** Uploads of a project in the order they began. */
  public Uni<Page<Upload>> page(ProjectScope scope, UploadFilter filter, PageRequest page) {
    return transactions
        .reading(session -> uploads.page(session, scope, filter, page))
        .map(rows -> Page.of(rows, page, upload -> upload.id().toString()));
  }

  /** Keeps the store's id of the multipart upload; answers the one that came first. */
  public Uni<String> keepStoreId(ProjectScope scope, UploadId id, String storeUploadId) {
    return transactions.in(session -> uploads.keepStoreId(session, scope, id, storeUploadId));
  }

  /** Remembers until when addresses that are about to be given out are good. */
  public Uni<Void> keepUrlExpiry(ProjectScope scope, Collection<UploadId> ids, Instant expiresAt) {
    return transactions.in(session -> uploads.keepUrlExpiry(session, scope, ids, expiresAt));
  }

  private static ProblemException absent(UploadId id) {
    return new UploadNotFound(id.value()).exception();
  }

  private static boolean isStranger(Throwable failure) {
    return failure instanceof ProblemException e && e.problem().status() == NOT_FOUND;
  }
}
