package dev.sluice.upload.importing.transfer;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.storage.StorageConfig;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.importing.ImportConfig;
import dev.sluice.upload.importing.transfer.PartSender.Sent;
import dev.sluice.upload.importing.transfer.PartSender.StoreAway;
import dev.sluice.upload.importing.transfer.Run.Tally;
import dev.sluice.upload.ledger.ScopedUpload;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadConfig;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.part.CompletionService;
import dev.sluice.upload.part.RestartService;
import dev.sluice.upload.part.StoredPartsService;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.source.Source;
import dev.sluice.upload.source.SourceException;
import dev.sluice.upload.source.SourceFile;
import dev.sluice.upload.storage.PartUrlSigner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Brings the parts of a file that the store does not have, and completes its upload. What to send
 * is asked of the store each time, so that it goes on wherever it was.
 */
@ApplicationScoped
public class TransferService {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final StepService steps;
  private final UploadLedgerService ledger;
  private final MultipartService multiparts;
  private final StoredPartsService stored;
  private final CompletionService completion;
  private final RestartService restarting;
  private final PartUrlSigner signer;
  private final CopyService copying;
  private final ImportConfig config;
  private final UploadConfig uploads;
  private final Clock clock;
  private final PartSender sender;
  private final Semaphore window;

  TransferService(
      StepService steps,
      UploadLedgerService ledger,
      MultipartService multiparts,
      StoredPartsService stored,
      CompletionService completion,
      RestartService restarting,
      PartUrlSigner signer,
      CopyService copying,
      ImportConfig config,
      UploadConfig uploads,
      StorageConfig store,
      Clock clock) {
    this.steps = steps;
    this.ledger = ledger;
    this.multiparts = multiparts;
    this.stored = stored;
    this.completion = completion;
    this.restarting = restarting;
    this.signer = signer;
    this.copying = copying;
    this.config = config;
    this.uploads = uploads;
    this.clock = clock;
    this.sender = new PartSender(store, config.buffer());
    this.window = new Semaphore(config.window());
  }

  /**
   * Brings what is missing of the file and completes its upload, unless that has happened.
   *
   * @throws SourceException when the source does not give the file as it was listed
   * @throws IOException when the store is away for long
   */
  public void send(Run run, ProjectScope scope, UploadId id, Source source, SourceFile file)
      throws IOException {
    Upload upload =
        steps.call(() -> ledger.locked(scope, id, l -> Uni.createFrom().item(l.upload())));
    if (!(upload.state() instanceof Open)) {
      return;
    }
    Optional<Landing> landing = steps.call(() -> landing(scope, upload, file));
    if (landing.isEmpty()) {
      complete(scope, upload, Map.of());
      return;
    }
    try (Tally tally = run.tally()) {
      tally.add(landing.get().bytesThere());
      Map<Integer, Optional<String>> sums =
          bring(new Work(run, scope, tally, landing.get(), source, file));
      complete(scope, landing.get().upload(), sums);
    }
  }

  private void complete(ProjectScope scope, Upload upload, Map<Integer, Optional<String>> sums) {
    CrashPoint.hit("import.file.beforeComplete");
    ScopedUpload sent = new ScopedUpload(scope, upload);
    steps.call(() -> completion.complete(sent, upload.content(), sums));
    CrashPoint.hit("import.file.afterComplete");
  }

  /** Answers the checksum of a file of one part; those of parts are written down as they land. */
  private Map<Integer, Optional<String>> bring(Work work) throws IOException {
    SourceFile file = work.file();
    Landing landing = work.landing();
    if (file.sameStore().isPresent()) {
      copying.copy(work, file.sameStore().get());
    } else if (landing.upload().plan().single()) {
      return Map.of(1, Optional.of(part(work, 1).crc32c()));
    } else if (file.ranges()) {
      Parallel.each(config.parallelParts(), landing.missing(), part -> part(work, part));
    } else {
      inOrder(work);
    }
    return Map.of();
  }

  /**
   * The upload as the store knows it: begun, with the parts that are there; empty when an earlier
   * attempt merged them. Parts that the store has lost are brought again.
   */
  private Uni<Optional<Landing>> landing(ProjectScope scope, Upload upload, SourceFile file) {
    return stored
        .inStore(upload)
        .call(
            () ->
                ledger.keepUrlExpiry(
                    scope, Set.of(upload.id()), clock.instant().plus(uploads.urlExpiry())))
        .call(() -> multiparts.ensureBucket(scope.project()))
        .flatMap(
            parts ->
                parts.isPresent()
                    ? there(scope, upload, file, parts.get())
                        .flatMap(there -> begun(scope, upload, there))
                    : restarting
                        .lost(new ScopedUpload(scope, upload), false)
                        .flatMap(
                            fresh ->
                                fresh.isPresent()
                                    ? begun(scope, upload.id(), fresh, List.of())
                                    : Uni.createFrom().item(Optional.empty())));
  }

  /**
   * Parts that need not be brought again: those whose checksum is written down, so that what is
   * read back can be compared with it. Without ranges all bytes have to be of one answer.
   */
  private Uni<List<StoredPart>> there(
      ProjectScope scope, Upload upload, SourceFile file, List<StoredPart> parts) {
    List<StoredPart> fitting = parts.stream().filter(upload.plan()::fits).toList();
    if (file.sameStore().isPresent()) {
      return Uni.createFrom().item(fitting);
    }
    return upload.plan().single() || !file.ranges()
        ? Uni.createFrom().item(List.of())
        : stored
            .summed(scope, upload, fitting)
            .map(all -> all.stream().filter(part -> part.crc32c().isPresent()).toList());
  }

  private Uni<Optional<Landing>> begun(ProjectScope scope, Upload upload, List<StoredPart> there) {
    return storeId(scope, upload).flatMap(id -> begun(scope, upload.id(), id, there));
  }

  private Uni<Optional<Landing>> begun(
      ProjectScope scope, UploadId upload, Optional<String> storeId, List<StoredPart> there) {
    return ledger
        .locked(scope, upload, l -> Uni.createFrom().item(l.upload()))
        .map(now -> Optional.of(new Landing(now, multiparts.landingOf(now), storeId, there)));
  }

  private Uni<Optional<String>> storeId(ProjectScope scope, Upload upload) {
    return upload.plan().single()
        ? Uni.createFrom().item(Optional.empty())
        : multiparts.begun(scope, upload, false).map(Optional::of);
  }

  /** One part by a range of its own. */
  private Sent part(Work work, int part) throws IOException {
    acquire();
    try {
      return tried(work.run(), () -> ranged(work, part));
    } finally {
      window.release();
    }
  }

  private Sent ranged(Work work, int part) throws IOException {
    long length = work.landing().sizeOf(part);
    long offset = work.landing().offsetOf(part);
    try (InputStream bytes =
        length == 0
            ? InputStream.nullInputStream()
            : work.source().open(work.file(), offset, work.file().ranges() ? length : -1)) {
      return put(work, part, bytes);
    }
  }

  private Sent put(Work work, int part, InputStream bytes) throws IOException {
    work.run().check();
    CrashPoint.hit("import.part.beforePut");
    Landing landing = work.landing();
    long length = landing.sizeOf(part);
    URI address =
        signer
            .internal(landing.address(), landing.storeId().orElse(null), uploads.urlExpiry())
            .put(part, length)
            .url();
    Sent sent = sender.put(address, length, bytes, work.run(), work.tally());
    CrashPoint.hit("import.part.afterPut");
    if (landing.storeId().isPresent()) {
      record(work, new StoredPart(part, length, sent.etag(), Optional.of(sent.crc32c())));
    }
    return sent;
  }

  /** A part counts from here on: whoever goes on knows what its bytes have to be. */
  private void record(Work work, StoredPart part) {
    steps.call(
        () ->
            ledger.locked(
                work.scope(),
                work.landing().upload().id(),
                locked ->
                    locked.upload().state() instanceof Open
                        ? stored.record(
                            locked.session(),
                            work.scope(),
                            Map.of(locked.upload(), List.of(part)),
                            false)
                        : Uni.createFrom().nullItem()));
  }

  /** A source without ranges is read from its beginning, all its parts from one answer. */
  private void inOrder(Work work) throws IOException {
    acquire();
    try {
      tried(work.run(), () -> readThrough(work));
    } finally {
      window.release();
    }
  }

  private Map<Integer, String> readThrough(Work work) throws IOException {
    Upload upload = work.landing().upload();
    Map<Integer, String> etags = new HashMap<>();
    try (InputStream bytes = work.source().open(work.file(), 0, -1)) {
      for (int part = 1; part <= upload.plan().partCount(); part++) {
        etags.put(part, put(work, part, bytes).etag());
      }
    }
    List<StoredPart> there = steps.call(() -> stored.fitting(upload));
    if (!there.stream().allMatch(p -> p.etag().equals(etags.get(p.partNumber())))) {
      throw new StoreAway("somebody else sends parts of the same file", null);
    }
    return etags;
  }

  private <T> T tried(Run run, Try<T> work) throws IOException {
    Duration pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      try {
        return work.once();
      } catch (StoreAway | SourceException.Unreachable | EOFException e) {
        run.check();
        if (tries >= config.partTries()) {
          throw e instanceof EOFException
              ? new SourceException.Unreachable("the source broke off", e)
              : e;
        }
        run.pause(pause);
        pause = pause.multipliedBy(2);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private void acquire() {
    try {
      window.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Run.interrupted();
    }
  }

  /** What may be tried again. */
  @FunctionalInterface
  private interface Try<T> {
    T once() throws IOException;
  }
}
