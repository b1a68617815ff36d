package dev.sluice.client.upload;

import dev.sluice.client.SluiceClient;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.SluiceUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Uploads many files into a draft version, straight into the object store by presigned URLs.
 *
 * <p>Killed at any moment and started again with the same files, here or on another machine, it
 * sends only what the store does not have: it remembers nothing, the service tells. Interrupting
 * the calling thread stops it; what arrived stays for the next attempt. Files fail one by one,
 * nothing waits for ever, and memory does not grow with the files.
 */
public final class UploadEngine {

  private static final int READ_BACKS = 4;

  private final SluiceClient client;
  private final UploadTarget target;
  private final UploadOptions options;
  private final UploadListener listener;

  private UploadEngine(
      SluiceClient client, UploadTarget target, UploadOptions options, UploadListener listener) {
    this.client = client;
    this.target = target;
    this.options = options;
    this.listener = listener;
  }

  /** Prepares an engine for one draft version. */
  public static UploadEngine into(SluiceClient client, UploadTarget target) {
    return new UploadEngine(client, target, UploadOptions.STANDARD, UploadListener.SILENT);
  }

  /** The same engine with other limits. */
  public UploadEngine with(UploadOptions otherOptions) {
    return new UploadEngine(client, target, otherOptions, listener);
  }

  /** The same engine with a listener. */
  public UploadEngine with(UploadListener otherListener) {
    return new UploadEngine(client, target, options, otherListener);
  }

  /**
   * Uploads the files and waits until all are verified. A file that fails does not stop the others.
   *
   * @throws SluiceProblemException when the version is not there, not open or not the caller's
   * @throws InterruptedException when the calling thread is interrupted; nothing is undone
   */
  public UploadReport upload(List<LocalFile> files) throws InterruptedException {
    requireDraft();
    long begin = System.nanoTime();
    List<UploadOutcome> outcomes = new ArrayList<>();
    try (Workers workers = Workers.of(options)) {
      List<UploadOutcome> verifying = sorted(handOver(files, workers), outcomes);
      long sent = System.nanoTime();
      awaitVerified(verifying, outcomes, workers);
      outcomes.sort(Comparator.comparing(outcome -> outcome.file().path()));
      return new UploadReport(
          outcomes, Duration.ofNanos(sent - begin), Duration.ofNanos(System.nanoTime() - sent));
    } catch (SluiceUnavailableException e) {
      if (Thread.interrupted()) {
        throw interrupted(e);
      }
      throw e;
    }
  }

  private void requireDraft() {
    var version = client.versions(target.project(), target.dataset()).get(target.version());
    if (!version.open()) {
      throw new IllegalStateException(
          target.dataset()
              + "@"
              + target.version()
              + " is "
              + version.state()
              + ": files go into a draft only");
    }
  }

  private List<Handed> handOver(List<LocalFile> files, Workers workers)
      throws InterruptedException {
    List<SmallFiles.Sized> small = new ArrayList<>();
    List<Future<List<Handed>>> running = new ArrayList<>();
    for (LocalFile file : files) {
      long size = sizeOf(file);
      if (size <= options.smallBytes()) {
        small.add(new SmallFiles.Sized(file, Math.max(0, size)));
      } else {
        LargeFile steps = new LargeFile(client, target, options, listener, workers);
        running.add(
            workers.files().submit(() -> guarded(List.of(file), () -> List.of(one(steps, file)))));
      }
    }
    for (List<LocalFile> batch : new SmallFiles(small).batches(options.batchFiles())) {
      running.add(
          workers
              .batches()
              .submit(
                  () ->
                      guarded(
                          batch,
                          () ->
                              new SmallBatch(client, target, options, listener, workers)
                                  .upload(batch))));
    }
    List<Handed> handed = new ArrayList<>();
    for (Future<List<Handed>> each : running) {
      handed.addAll(result(each));
    }
    return handed;
  }

  /** What cannot be looked at counts as small: reading it says why. */
  private static long sizeOf(LocalFile file) {
    try {
      return Files.size(file.source());
    } catch (IOException e) {
      return -1;
    }
  }

  private Handed one(LargeFile steps, LocalFile file) throws IOException {
    Handed handed = steps.upload(file);
    Listeners.tell(listener, handed);
    return handed;
  }

  /** A refusal of some files is their failure, not the engine's. */
  private List<Handed> guarded(List<LocalFile> files, Callable<List<Handed>> work)
      throws Exception {
    String why;
    try {
      return work.call();
    } catch (UploadFailedException | SluiceProblemException | SluiceUnavailableException e) {
      why = String.valueOf(e.getMessage());
    } catch (IOException e) {
      why = "the file cannot be read: " + e;
    }
    List<Handed> failed = new ArrayList<>();
    for (LocalFile file : files) {
      Handed one = Handed.done(UploadOutcome.failed(file, why));
      Listeners.tell(listener, one);
      failed.add(one);
    }
    return failed;
  }

  /** Adds what ended to the outcomes; the others are still read back. */
  private static List<UploadOutcome> sorted(List<Handed> handed, List<UploadOutcome> outcomes) {
    List<UploadOutcome> verifying = new ArrayList<>();
    for (Handed each : handed) {
      switch (each) {
        case Handed.Done done -> outcomes.add(done.outcome());
        case Handed.Verifying more -> verifying.add(more.outcome());
      }
    }
    return verifying;
  }

  private void awaitVerified(
      List<UploadOutcome> first, List<UploadOutcome> outcomes, Workers workers)
      throws InterruptedException {
    Verification verification =
        new Verification(client, target, options.verifyPatience(), listener);
    List<UploadOutcome> verifying = first;
    for (int round = 1; !verifying.isEmpty(); round++) {
      Verification.Settled settled = verification.await(verifying);
      outcomes.addAll(settled.ended());
      verifying = sorted(sendAgain(settled.reopened(), round == READ_BACKS, workers), outcomes);
    }
  }

  private List<Handed> sendAgain(List<UploadOutcome> reopened, boolean enough, Workers workers)
      throws InterruptedException {
    LargeFile steps = new LargeFile(client, target, options, listener, workers);
    List<Future<Handed>> running = new ArrayList<>();
    for (UploadOutcome each : reopened) {
      running.add(workers.files().submit(() -> again(steps, each, enough)));
    }
    List<Handed> handed = new ArrayList<>();
    for (Future<Handed> each : running) {
      handed.add(result(each));
    }
    return handed;
  }

  private Handed again(LargeFile steps, UploadOutcome before, boolean enough) {
    String why = "what the store has is not what was sent: " + before.reason();
    try {
      if (!enough) {
        return steps.again(before);
      }
    } catch (UploadFailedException | SluiceProblemException | SluiceUnavailableException e) {
      why = Objects.requireNonNullElse(e.getMessage(), why);
    }
    Handed failed = Handed.done(before.ended(UploadResult.FAILED, why));
    Listeners.tell(listener, failed);
    return failed;
  }

  private static <T> T result(Future<T> running) throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the upload engine broke", e.getCause());
    }
  }

  private static InterruptedException interrupted(Throwable cause) {
    InterruptedException stopped = new InterruptedException("the upload was interrupted");
    stopped.addSuppressed(cause);
    return stopped;
  }
}
