package dev.sluice.catalog.erasure;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.erasure.ErasureProblem.ContentNotFound;
import dev.sluice.catalog.file.FilePath;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.events.DatasetEvent.FileErased;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Erases contents: every object of the project that has them. */
@ApplicationScoped
class ErasureService {
  private final Transactions transactions;
  private final VersionLookupService lookup;
  private final FileSetService files;
  private final ErasureRepository erasures;
  private final ErasedBytesService bytes;
  private final AuditService audit;
  private final Clock clock;

  ErasureService(
      Transactions transactions,
      VersionLookupService lookup,
      FileSetService files,
      ErasureRepository erasures,
      ErasedBytesService bytes,
      AuditService audit,
      Clock clock) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.files = files;
    this.erasures = erasures;
    this.bytes = bytes;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Erases a content; again changes nothing but that it may be blocked then, or that it came back.
   */
  Uni<Erasure> erase(ProjectScope scope, NewErasure wanted) {
    String sha256 = wanted.checkedSha256();
    wanted.checkedReason();
    return transactions
        .in(
            session ->
                digest(session, scope, wanted, sha256)
                    .flatMap(found -> erase(session, scope, wanted, found)))
        .invoke(() -> CrashPoint.hit("catalog.erasure.afterCommit"))
        .call(bytes::sweep);
  }

  private Uni<String> digest(
      Mutiny.Session session, ProjectScope scope, NewErasure wanted, @Nullable String sha256) {
    return sha256 != null
        ? Uni.createFrom().item(sha256)
        : lookup
            .get(
                session,
                scope,
                Objects.requireNonNull(wanted.dataset()),
                Objects.requireNonNull(wanted.version()))
            .flatMap(
                found ->
                    files.get(
                        session,
                        scope,
                        found.version().fileSet(),
                        FilePath.of(Objects.requireNonNull(wanted.path()))))
            .map(VersionFile::sha256);
  }

  private Uni<Erasure> erase(
      Mutiny.Session session, ProjectScope scope, NewErasure wanted, String sha256) {
    Erasure erasure =
        new Erasure(
            scope.project(),
            sha256,
            wanted.blocks(),
            wanted.dataset(),
            wanted.version(),
            wanted.path(),
            wanted.checkedReason(),
            scope.caller(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return erasures
        .put(session, scope, erasure)
        .flatMap(
            fresh ->
                erasures
                    .remove(session, scope, sha256)
                    .invoke(removed -> refuseUnknown(erasure, fresh, removed))
                    .flatMap(removed -> say(session, scope, erasure, fresh || removed > 0)))
        .chain(() -> erasures.find(session, scope, sha256))
        .map(List::getFirst);
  }

  private static void refuseUnknown(Erasure erasure, boolean fresh, int removed) {
    if (fresh && removed == 0 && !erasure.block()) {
      throw new ContentNotFound(erasure.sha256()).exception();
    }
  }

  private Uni<Void> say(
      Mutiny.Session session, ProjectScope scope, Erasure erasure, boolean changed) {
    return changed
        ? audit
            .record(session, scope, entry(erasure))
            .chain(
                () ->
                    Outbox.append(
                        session,
                        new FileErased(
                            erasure.project(),
                            erasure.sha256(),
                            erasure.erasedBy(),
                            erasure.erasedAt())))
        : Uni.createFrom().voidItem();
  }

  private static AuditEntry entry(Erasure erasure) {
    return AuditEntry.of(AuditAction.CONTENT_ERASED, erasure.sha256())
        .because(erasure.reason())
        .with("dataset", erasure.dataset())
        .with("version", erasure.version())
        .with("path", erasure.path())
        .with("block", erasure.block());
  }

  Uni<Page<Erasure>> list(ProjectScope scope, PageRequest page) {
    return transactions
        .reading(session -> erasures.page(session, scope, page))
        .map((List<Erasure> rows) -> Page.of(rows, page, Erasure::sha256));
  }
}
