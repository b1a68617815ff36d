package dev.sluice.upload.importing.transfer;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.storage.StorageConfig;
import dev.sluice.upload.file.ObjectKey;
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
import dev.sluice.upload.part.StoredPartsService;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.source.Source;
import dev.sluice.upload.source.SourceException;
import dev.sluice.upload.source.SourceFile;
import dev.sluice.upload.source.StoreObject;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartUrlSigner;
import dev.sluice.upload.storage.StoreCopies;
import dev.sluice.upload.storage.StoreCopies.PartCopy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private final PartUrlSigner signer;
  private final StoreCopies copies;
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
      PartUrlSigner signer,
      StoreCopies copies,
      ImportConfig config,
      UploadConfig uploads,
      StorageConfig store,
      Clock clock) {
    this.steps = steps;
    this.ledger = ledger;
    this.multiparts = multiparts;
    this.stored = stored;
    this.completion = completion;
    this.signer = signer;
    this.copies = copies;
    this.config = config;
    this.uploads = uploads;
    this.clock = clock;
    this.sender = new PartSender(store.endpoint().getScheme(), config.buffer());
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
    Landing landing = steps.call(() -> landing(scope, upload));
    try (Tally tally = run.tally()) {
      tally.add(landing.bytesThere());
      Work work = new Work(run, tally, landing, source, file);
      Map<Integer, Optional<String>> sums = bring(work);
      CrashPoint.hit("import.file.beforeComplete");
      ScopedUpload sent = new ScopedUpload(scope, landing.upload());
      steps.call(() -> completion.complete(sent, landing.upload().content(), sums));
      CrashPoint.hit("import.file.afterComplete");
    }
  }

  private Map<Integer, Optional<String>> bring(Work work) throws IOException {
    Map<Integer, Optional<String>> sums = new ConcurrentHashMap<>();
    SourceFile file = work.file();
    Landing landing = work.landing();
    if (file.sameStore().isPresent()) {
      copy(work, file.sameStore().get());
    } else if (file.ranges() || landing.upload().plan().single()) {
      Parallel.each(
          config.parallelParts(),
          landing.missing(),
          part -> sums.put(part, Optional.of(part(work, part).crc32c())));
    } else {
      inOrder(work, sums);
    }
    return sums;
  }

  /** The upload as the store knows it: begun, with the parts that are there. */
  private Uni<Landing> landing(ProjectScope scope, Upload upload) {
    return stored
        .fitting(upload)
        .flatMap(
            there ->
                ledger
                    .keepUrlExpiry(
                        scope, Set.of(upload.id()), clock.instant().plus(uploads.urlExpiry()))
                    .chain(() -> multiparts.ensureBucket(scope.project()))
                    .chain(() -> storeId(scope, upload))
                    .flatMap(
                        id ->
                            ledger
                                .locked(scope, upload.id(), l -> Uni.createFrom().item(l.upload()))
                                .map(
                                    now ->
                                        new Landing(now, multiparts.landingOf(now), id, there))));
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
    return sent;
  }

  /** A source without ranges is read once, from its beginning; what is there is passed over. */
  private void inOrder(Work work, Map<Integer, Optional<String>> sums) throws IOException {
    acquire();
    try {
      tried(work.run(), () -> readThrough(work, sums));
    } finally {
      window.release();
    }
  }

  private Map<Integer, Optional<String>> readThrough(Work work, Map<Integer, Optional<String>> sums)
      throws IOException {
    Landing landing = work.landing();
    try (InputStream bytes = work.source().open(work.file(), 0, -1)) {
      for (int part = 1; part <= landing.upload().plan().partCount(); part++) {
        if (landing.has(part) || sums.containsKey(part)) {
          bytes.skipNBytes(landing.sizeOf(part));
        } else {
          sums.put(part, Optional.of(put(work, part, bytes).crc32c()));
        }
      }
    }
    return sums;
  }

  /** Inside the store, where no byte comes through here. */
  private void copy(Work work, StoreObject object) throws IOException {
    Landing landing = work.landing();
    ObjectAddress from = new ObjectAddress(object.bucket(), new ObjectKey(object.key()));
    Upload upload = landing.upload();
    if (!upload.plan().single()) {
      Parallel.each(
          config.parallelParts(), landing.missing(), part -> copyPart(work, from, object, part));
      return;
    }
    long size = upload.content().size();
    if (!landing.has(1)
        && !steps.call(() -> copies.object(from, size, object.etag(), landing.address()))) {
      throw new SourceException.Changed(
          "s3://" + object.bucket() + "/" + object.key() + " changed while it was copied");
    }
  }

  private void copyPart(Work work, ObjectAddress from, StoreObject object, int part) {
    work.run().check();
    Landing landing = work.landing();
    PartCopy copy =
        new PartCopy(
            from,
            object.etag(),
            landing.offsetOf(part),
            landing.sizeOf(part),
            landing.address(),
            landing.storeId().orElseThrow(),
            part);
    steps.call(() -> copies.part(copy));
    work.tally().add(landing.sizeOf(part));
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

  /** A file and all that is needed to bring it. */
  private record Work(Run run, Tally tally, Landing landing, Source source, SourceFile file) {}

  /**
   * An upload and where its bytes land.
   *
   * @param storeId of the multipart upload; empty for a file of one part
   * @param there parts that the store has
   */
  private record Landing(
      Upload upload, ObjectAddress address, Optional<String> storeId, List<StoredPart> there) {
    boolean has(int part) {
      return there.stream().anyMatch(p -> p.partNumber() == part);
    }

    List<Integer> missing() {
      return upload.plan().missing(there);
    }

    long bytesThere() {
      return there.stream().mapToLong(StoredPart::size).sum();
    }

    long sizeOf(int part) {
      return upload.plan().sizeOf(part);
    }

    long offsetOf(int part) {
      return upload.plan().partSize() * (part - 1L);
    }
  }
}
