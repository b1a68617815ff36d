package dev.sluice.upload.batch;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.batch.Batch.Item;
import dev.sluice.upload.batch.BatchViews.BatchAnswer;
import dev.sluice.upload.batch.BatchViews.BatchPart;
import dev.sluice.upload.batch.BatchViews.BatchedFile;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.intake.Draft;
import dev.sluice.upload.intake.DraftService;
import dev.sluice.upload.intake.Holdings;
import dev.sluice.upload.intake.HoldingsService;
import dev.sluice.upload.ledger.AddressLife;
import dev.sluice.upload.ledger.BeginService;
import dev.sluice.upload.ledger.Begun;
import dev.sluice.upload.ledger.Begun.Accepted;
import dev.sluice.upload.ledger.Begun.Refused;
import dev.sluice.upload.ledger.NewFile;
import dev.sluice.upload.ledger.Target;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.part.UrlService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The step new_multipart_batch. */
@ApplicationScoped
class BatchBeginService {
  private final DraftService drafts;
  private final HoldingsService holdings;
  private final BeginService beginnings;
  private final UrlService urls;
  private final AddressLife life;
  private final Transactions transactions;

  BatchBeginService(
      DraftService drafts,
      HoldingsService holdings,
      BeginService beginnings,
      UrlService urls,
      AddressLife life,
      Transactions transactions) {
    this.drafts = drafts;
    this.holdings = holdings;
    this.beginnings = beginnings;
    this.urls = urls;
    this.life = life;
    this.transactions = transactions;
  }

  /**
   * The uploads of the files.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 for an unknown draft, 409 for one that
   *     takes no files
   */
  Uni<BatchAnswer> begin(ProjectScope scope, Batch batch) {
    return drafts
        .open(scope, batch.dataset(), batch.version())
        .flatMap(draft -> begun(scope, draft, batch))
        .invoke(() -> CrashPoint.hit("upload.batch.afterCommit"))
        .flatMap(
            begun ->
                urls.singles(scope, opened(begun, true), opened(begun, false))
                    .map(to -> answer(batch, begun, to)));
  }

  private Uni<Map<FilePath, Begun>> begun(ProjectScope scope, Draft draft, Batch batch) {
    List<NewFile> files =
        batch.sound().stream()
            .map(item -> new NewFile(Target.of(draft), item.file().path(), item.file().content()))
            .toList();
    if (files.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return holdings
        .of(
            scope,
            files.stream().map(NewFile::content).toList(),
            draft,
            files.stream().map(NewFile::path).toList())
        .flatMap(held -> begun(scope, files, held))
        .map(
            all -> {
              Map<FilePath, Begun> byPath = new HashMap<>();
              for (int i = 0; i < files.size(); i++) {
                byPath.put(files.get(i).path(), all.get(i));
              }
              return byPath;
            });
  }

  private Uni<List<Begun>> begun(ProjectScope scope, List<NewFile> files, Holdings held) {
    Optional<Instant> urlsUntil = Optional.of(life.latestExpiry());
    return transactions.in(s -> beginnings.begin(s, scope, files, held, urlsUntil));
  }

  private static List<UploadId> opened(Map<FilePath, Begun> begun, boolean fresh) {
    return begun.values().stream()
        .filter(Accepted.class::isInstance)
        .map(Accepted.class::cast)
        .filter(each -> each.fresh() == fresh)
        .map(Accepted::upload)
        .filter(upload -> upload.plan().single() && upload.state() instanceof Open)
        .map(Upload::id)
        .toList();
  }

  private BatchAnswer answer(Batch batch, Map<FilePath, Begun> begun, UrlService.Singles to) {
    return new BatchAnswer(
        batch.items().stream()
            .map(
                item ->
                    switch (item) {
                      case Item.Faulty f -> BatchedFile.refused(f.path(), f.problem());
                      case Item.Sound s -> view(s, begun.get(s.file().path()), to);
                    })
            .toList());
  }

  private static BatchedFile view(Item.Sound item, @Nullable Begun begun, UrlService.Singles to) {
    return switch (begun) {
      case null -> throw new IllegalStateException("nothing became of " + item.file().path());
      case Refused r -> BatchedFile.refused(item.file().path().value(), r.problem());
      case Accepted a -> {
        Upload upload = a.upload();
        Optional<BatchPart> part =
            to.of(upload, item.crc32c()).map(url -> BatchPart.of(upload.content().size(), url));
        yield BatchedFile.of(
            upload,
            a.deduplicated(),
            upload.state() instanceof Ignored ignored ? ignored.reason() : null,
            part.orElse(null));
      }
    };
  }
}
