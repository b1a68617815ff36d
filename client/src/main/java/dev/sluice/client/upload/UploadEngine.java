package dev.sluice.client.upload;

import dev.sluice.client.SluiceClient;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.SluiceUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Uploads many files into a draft version. Killed at any moment and started again with the same
 * files, it sends only what the store does not have.
 */
public final class UploadEngine {

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
    List<UploadOutcome> outcomes = new ArrayList<>();
    List<UploadOutcome> verifying = new ArrayList<>();
    for (Handed handed : handOver(files)) {
      switch (handed) {
        case Handed.Done done -> outcomes.add(done.outcome());
        case Handed.Verifying more -> verifying.add(more.outcome());
      }
    }
    Verification verification = new Verification(client, target, options.verifyPatience());
    outcomes.addAll(verification.await(verifying, listener));
    outcomes.sort(Comparator.comparing(outcome -> outcome.file().path()));
    return new UploadReport(outcomes);
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

  private List<Handed> handOver(List<LocalFile> files) throws InterruptedException {
    ExecutorService parts = virtual(options.parallelParts(), "part-");
    ExecutorService workers = virtual(options.parallelFiles(), "file-");
    try {
      FileUpload steps = new FileUpload(client, options, listener, parts);
      List<Future<Handed>> running = new ArrayList<>();
      files.forEach(file -> running.add(workers.submit(() -> one(steps, file))));
      List<Handed> handed = new ArrayList<>();
      for (Future<Handed> each : running) {
        handed.add(outcomeOf(each));
      }
      return handed;
    } finally {
      workers.shutdownNow();
      parts.shutdownNow();
    }
  }

  private Handed one(FileUpload steps, LocalFile file) {
    Handed handed;
    try {
      handed = steps.upload(file, target);
    } catch (UploadFailedException | SluiceProblemException | SluiceUnavailableException e) {
      handed = Handed.done(UploadOutcome.failed(file, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      handed = Handed.done(UploadOutcome.failed(file, "the file cannot be read: " + e));
    }
    switch (handed) {
      case Handed.Done done -> listener.finished(done.outcome());
      case Handed.Verifying more -> listener.verifying(more.outcome().file());
    }
    return handed;
  }

  private static Handed outcomeOf(Future<Handed> running) throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the upload engine broke", e.getCause());
    }
  }

  private static ExecutorService virtual(int threads, String name) {
    return Executors.newFixedThreadPool(threads, Thread.ofVirtual().name(name, 0).factory());
  }
}
