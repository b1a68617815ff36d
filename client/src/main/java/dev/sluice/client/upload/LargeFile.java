package dev.sluice.client.upload;

import dev.sluice.client.NewUpload;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.StoredChunks;
import dev.sluice.client.Upload;
import dev.sluice.client.UploadState;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one file of many parts. What the service says is stored is all there is to know
 * about an earlier attempt: nothing is remembered here.
 */
final class LargeFile {

  private static final int COMPLETE_TRIES = 3;

  private final SluiceClient client;
  private final UploadTarget target;
  private final UploadOptions options;
  private final UploadListener listener;
  private final Workers workers;

  LargeFile(
      SluiceClient client,
      UploadTarget target,
      UploadOptions options,
      UploadListener listener,
      Workers workers) {
    this.client = client;
    this.target = target;
    this.options = options;
    this.listener = listener;
    this.workers = workers;
  }

  /** Brings the bytes into the store; the service may still have to verify them. */
  Handed upload(LocalFile file) throws IOException {
    long size = Files.size(file.source());
    listener.started(file, size);
    StoredChunks stored = client.uploads().getChunks(announced(file, size, null));
    String sha256 = null;
    if (worthHashing(stored)) {
      sha256 = Checksum.sha256(file.source());
      stored = client.uploads().getChunks(announced(file, size, sha256));
    }
    UploadOutcome outcome = UploadOutcome.of(file, stored.uploadId(), size, sha256);
    if (stored.done()) {
      listener.stored(file, size);
      return Handed.done(outcome.ended(UploadResult.SKIPPED, null));
    }
    if (stored.state() == UploadState.VERIFYING && sha256 != null) {
      listener.stored(file, size);
      return Handed.verifying(outcome.ended(UploadResult.RESUMED, null));
    }
    return resumable(stored) ? resume(stored, outcome, sha256) : begin(outcome, sha256);
  }

  /** Sends what the store lacks of an upload that was begun, and completes it. */
  Handed again(UploadOutcome before) {
    NewUpload announced = announced(before.file(), before.size(), before.sha256());
    StoredChunks stored = client.uploads().getChunks(announced);
    if (!stored.uploadId().equals(before.uploadId()) || !resumable(stored)) {
      throw new UploadFailedException("the upload was taken over by another");
    }
    Transfer transfer = Transfer.of(before.file(), before.size(), stored);
    return transfer(transfer, before.ended(before.result(), null), before.sha256());
  }

  private NewUpload announced(LocalFile file, long size, @Nullable String sha256) {
    return new NewUpload(
        target.project(), target.dataset(), target.version(), file.path(), size, sha256, null);
  }

  /** Where bytes like these may be stored already, reading the file first may save sending it. */
  private static boolean worthHashing(StoredChunks stored) {
    return stored.sizeHeld()
        || stored.sha256() != null
        || stored.done()
        || stored.state() == UploadState.VERIFYING
        || stored.state() == UploadState.COMPLETED;
  }

  private static boolean resumable(StoredChunks stored) {
    boolean open = stored.state() == null || stored.state() == UploadState.OPEN;
    return !stored.uploadId().isEmpty() && open && stored.partCount() > 0;
  }

  private Handed begin(UploadOutcome blank, @Nullable String sha256) throws IOException {
    Upload upload = client.uploads().newMultipart(announced(blank.file(), blank.size(), sha256));
    UploadOutcome outcome = blank.with(upload.uploadId());
    if (upload.state() == UploadState.OPEN && sha256 == null && upload.sizeHeld()) {
      // Somebody stored a file of this size since we asked: look again, with the digest.
      String known = Checksum.sha256(blank.file().source());
      upload = client.uploads().newMultipart(announced(blank.file(), blank.size(), known));
      return begun(upload, outcome.with(upload.uploadId()), known);
    }
    return begun(upload, outcome, sha256);
  }

  private Handed begun(Upload upload, UploadOutcome outcome, @Nullable String sha256) {
    return switch (upload.state()) {
      case OPEN -> {
        Transfer transfer = Transfer.of(outcome.file(), outcome.size(), upload);
        yield transfer(transfer, outcome, sha256);
      }
      case COMPLETED -> {
        listener.stored(outcome.file(), outcome.size());
        yield Handed.done(outcome.hashed(sha256).ended(UploadResult.DEDUPLICATED, null));
      }
      case VERIFYING, ABORTED, FAILED, IGNORED -> Handed.of(upload, outcome.hashed(sha256));
    };
  }

  private Handed resume(StoredChunks stored, UploadOutcome outcome, @Nullable String sha256) {
    UploadResult result = stored.chunks().isEmpty() ? UploadResult.UPLOADED : UploadResult.RESUMED;
    Transfer transfer = Transfer.of(outcome.file(), outcome.size(), stored);
    return transfer(transfer, outcome.ended(result, null), sha256);
  }

  private Handed transfer(Transfer first, UploadOutcome blank, @Nullable String known) {
    Transfer transfer = first;
    UploadOutcome outcome = blank;
    String sha256 = known;
    for (int attempt = 1; ; attempt++) {
      PartPump.Pumped pumped =
          new PartPump(client, options, listener, workers, transfer, sha256).run();
      sha256 = pumped.sha256();
      outcome = outcome.hashed(sha256).sent(pumped.parts(), pumped.bytes());
      try {
        Upload upload =
            client.uploads().completeMultipart(transfer.uploadId(), sha256, pumped.unreported());
        return Handed.of(upload, outcome);
      } catch (SluiceProblemException e) {
        if (!e.is("parts-missing") || attempt == COMPLETE_TRIES) {
          throw e;
        }
        NewUpload announced = announced(transfer.file(), transfer.size(), sha256);
        transfer = transfer.storing(client.uploads().getChunks(announced).chunks());
      }
    }
  }
}
