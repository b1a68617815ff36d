package dev.sluice.client.upload;

import dev.sluice.client.Chunk;
import dev.sluice.client.NewUpload;
import dev.sluice.client.PartUrl;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.StoredChunks;
import dev.sluice.client.Upload;
import dev.sluice.client.UploadProgress;
import dev.sluice.client.UploadState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one file. What the service says is stored is all there is to know about an earlier
 * attempt: nothing is remembered here.
 */
final class FileUpload {

  private static final int COMPLETE_TRIES = 3;

  private final SluiceClient client;
  private final UploadOptions options;
  private final UploadListener listener;
  private final ExecutorService parts;
  private final PartSender sender;

  FileUpload(
      SluiceClient client, UploadOptions options, UploadListener listener, ExecutorService parts) {
    this.client = client;
    this.options = options;
    this.listener = listener;
    this.parts = parts;
    this.sender = new PartSender(client, options.retries());
  }

  /** Brings the bytes into the store; the service may still have to verify them. */
  Handed upload(LocalFile file, UploadTarget target) throws IOException {
    long size = Files.size(file.source());
    listener.started(file, size);
    NewUpload announced = announce(file, target, size);
    StoredChunks stored = client.uploads().getChunks(announced);
    UploadOutcome outcome =
        new UploadOutcome(
            file, UploadResult.SKIPPED, stored.uploadId(), size, announced.sha256(), 0, null);
    if (stored.done()) {
      listener.stored(file, size);
      return Handed.done(outcome);
    }
    if (!stored.uploadId().isEmpty() && stored.state() == UploadState.VERIFYING) {
      listener.stored(file, size);
      return Handed.verifying(outcome.ended(UploadResult.RESUMED, null));
    }
    return resumable(stored) ? resume(announced, stored, outcome) : begin(announced, outcome);
  }

  private static NewUpload announce(LocalFile file, UploadTarget target, long size)
      throws IOException {
    String sha256 = Checksum.sha256(file.source());
    if (Files.size(file.source()) != size) {
      throw new UploadFailedException("the file changed while it was read");
    }
    return new NewUpload(
        target.project(), target.dataset(), target.version(), file.path(), size, sha256, null);
  }

  private static boolean resumable(StoredChunks stored) {
    boolean open = stored.state() == null || stored.state() == UploadState.OPEN;
    return !stored.uploadId().isEmpty() && open && stored.partCount() > 0;
  }

  private Handed begin(NewUpload announced, UploadOutcome blank) {
    Upload upload = client.uploads().newMultipart(announced);
    UploadOutcome outcome = withId(blank, upload.uploadId());
    return switch (upload.state()) {
      case OPEN -> transfer(Transfer.of(announced, blank.file(), upload), outcome);
      case COMPLETED -> Handed.done(outcome.ended(UploadResult.SKIPPED, null));
      case VERIFYING, ABORTED, FAILED, IGNORED -> handed(upload, outcome);
    };
  }

  private Handed resume(NewUpload announced, StoredChunks stored, UploadOutcome outcome) {
    listener.stored(outcome.file(), stored.chunks().stream().mapToLong(Chunk::size).sum());
    UploadResult result = stored.chunks().isEmpty() ? UploadResult.UPLOADED : UploadResult.RESUMED;
    Transfer transfer = Transfer.of(announced, outcome.file(), stored);
    return transfer(transfer, outcome.ended(result, null));
  }

  private Handed transfer(Transfer first, UploadOutcome blank) {
    Transfer transfer = first;
    int sent = 0;
    for (int attempt = 1; ; attempt++) {
      sent += sendMissing(transfer);
      try {
        Upload upload = client.uploads().completeMultipart(transfer.uploadId());
        return handed(upload, blank.sent(sent));
      } catch (SluiceProblemException e) {
        if (!e.is("parts-missing") || attempt == COMPLETE_TRIES) {
          throw e;
        }
        transfer = transfer.storing(client.uploads().getChunks(transfer.announced()).chunks());
      }
    }
  }

  private static Handed handed(Upload upload, UploadOutcome outcome) {
    return switch (upload.state()) {
      case OPEN, VERIFYING -> Handed.verifying(outcome);
      case COMPLETED -> Handed.done(outcome);
      case IGNORED -> Handed.done(outcome.ended(UploadResult.IGNORED, upload.reason()));
      case ABORTED, FAILED -> Handed.done(outcome.ended(UploadResult.FAILED, upload.reason()));
    };
  }

  private int sendMissing(Transfer transfer) {
    List<Integer> missing = transfer.missing();
    for (int from = 0; from < missing.size(); from += options.urlBatch()) {
      int to = Math.min(from + options.urlBatch(), missing.size());
      sendBatch(transfer, missing.subList(from, to));
    }
    return missing.size();
  }

  private void sendBatch(Transfer transfer, List<Integer> numbers) {
    List<Future<Optional<Chunk>>> sending = new ArrayList<>();
    for (PartUrl url : client.uploads().getMultipartUrl(transfer.uploadId(), numbers)) {
      sending.add(parts.submit(() -> send(transfer, url)));
    }
    List<Chunk> chunks = new ArrayList<>();
    RuntimeException failure = gather(sending, chunks);
    if (!chunks.isEmpty()) {
      UploadProgress progress = client.uploads().updateChunk(transfer.uploadId(), chunks);
      listener.reported(transfer.file(), progress);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private Optional<Chunk> send(Transfer transfer, PartUrl url) {
    FileSlice slice = transfer.slice(url.partNumber());
    Optional<Chunk> chunk = sender.send(transfer.uploadId(), url, slice);
    listener.stored(transfer.file(), slice.size());
    return chunk;
  }

  /** Waits for all, so that what did arrive is reported before the first failure is. */
  private static @Nullable RuntimeException gather(
      List<Future<Optional<Chunk>>> sending, List<Chunk> chunks) {
    RuntimeException failure = null;
    for (Future<Optional<Chunk>> one : sending) {
      try {
        one.get().ifPresent(chunks::add);
      } catch (ExecutionException e) {
        failure = failure == null ? unwrapped(e) : failure;
      } catch (InterruptedException e) {
        sending.forEach(each -> each.cancel(true));
        Thread.currentThread().interrupt();
        return new UploadFailedException("interrupted");
      }
    }
    return failure;
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  private static UploadOutcome withId(UploadOutcome outcome, String uploadId) {
    return new UploadOutcome(
        outcome.file(), UploadResult.UPLOADED, uploadId, outcome.size(), outcome.sha256(), 0, null);
  }
}
