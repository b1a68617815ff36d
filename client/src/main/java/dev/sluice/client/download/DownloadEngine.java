package dev.sluice.client.download;

import dev.sluice.client.FileAddress;
import dev.sluice.client.Page;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.SluiceUnavailableException;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Downloads many files of a version, straight from the object store by presigned URLs.
 *
 * <p>Killed at any moment and started again with the same folder, it fetches only what is missing:
 * files that are there are known by size and SHA-256, large ones that are there in half go on where
 * they stopped. A file has its name only when it is whole and its SHA-256 is the promised one.
 * Interrupting the calling thread stops it. Files fail one by one, nothing waits for ever, and
 * memory grows neither with the files nor with their number.
 */
public final class DownloadEngine {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SluiceClient client;
  private final DownloadSource source;
  private final DownloadOptions options;
  private final DownloadListener listener;

  private DownloadEngine(
      SluiceClient client,
      DownloadSource source,
      DownloadOptions options,
      DownloadListener listener) {
    this.client = client;
    this.source = source;
    this.options = options;
    this.listener = listener;
  }

  /** Prepares an engine for files of one version. */
  public static DownloadEngine from(SluiceClient client, DownloadSource source) {
    return new DownloadEngine(client, source, DownloadOptions.STANDARD, DownloadListener.SILENT);
  }

  /** The same engine with other limits. */
  public DownloadEngine with(DownloadOptions otherOptions) {
    return new DownloadEngine(client, source, otherOptions, listener);
  }

  /** The same engine with a listener. */
  public DownloadEngine with(DownloadListener otherListener) {
    return new DownloadEngine(client, source, options, otherListener);
  }

  /**
   * Downloads the files; one that fails does not stop the others.
   *
   * @throws SluiceProblemException when the version is not there or not the caller's
   * @throws InterruptedException when the calling thread is interrupted; the next attempt goes on
   */
  public DownloadReport download(DownloadFolder folder) throws InterruptedException {
    long begin = System.nanoTime();
    VersionClient versions = client.versions(source.project(), source.dataset());
    // An alias may move while we work; its version stays.
    Version version = versions.get(source.version());
    Tally tally = new Tally();
    AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    Semaphore free = new Semaphore(4 * options.parallel());
    ExecutorService workers =
        Executors.newFixedThreadPool(
            options.parallel(), Thread.ofPlatform().daemon().name("download-", 0).factory());
    try (StallWatch watch = new StallWatch(options.patience())) {
      FileDownload download =
          new FileDownload(client.objects(), versions, version.version(), options, listener, watch);
      Planned planned = new Planned();
      String cursor = null;
      do {
        Page<FileAddress> page = page(versions, version, cursor);
        cursor = page.nextCursor();
        listener.planned(
            planned.files(version, page), planned.bytes(version), planned.complete(cursor));
        for (FileAddress file : page.items()) {
          free.acquire();
          workers.execute(
              () -> {
                try {
                  DownloadOutcome outcome = guarded(download, folder, file);
                  tally.add(outcome);
                  listener.finished(outcome);
                } catch (RuntimeException | Error e) {
                  broken.compareAndSet(null, e);
                } finally {
                  free.release();
                }
              });
        }
      } while (cursor != null && broken.get() == null);
      workers.shutdown();
      while (!workers.awaitTermination(1, TimeUnit.HOURS)) {
        assert !workers.isTerminated();
      }
    } finally {
      stop(workers);
    }
    if (broken.get() != null) {
      throw new IllegalStateException("the download engine broke", broken.get());
    }
    return tally.report(version.version(), Duration.ofNanos(System.nanoTime() - begin));
  }

  private Page<FileAddress> page(VersionClient versions, Version version, @Nullable String cursor)
      throws InterruptedException {
    try {
      return versions.addresses(version.version(), source.selection(), options.addresses(), cursor);
    } catch (SluiceUnavailableException e) {
      if (Thread.interrupted()) {
        throw interrupted(e);
      }
      throw e;
    }
  }

  /** A refusal of a file is its failure, not the engine's. */
  private static DownloadOutcome guarded(
      FileDownload download, DownloadFolder folder, FileAddress file) {
    String why;
    try {
      return download.run(folder, file);
    } catch (DownloadFailedException | SluiceProblemException | SluiceUnavailableException e) {
      why = String.valueOf(e.getMessage());
    } catch (IOException e) {
      why = "it cannot be written: " + e;
    }
    return new DownloadOutcome(file.path(), DownloadResult.FAILED, file.size(), 0, why);
  }

  private static void stop(ExecutorService workers) {
    workers.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      boolean over = workers.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
      assert over || !workers.isTerminated();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static InterruptedException interrupted(Throwable cause) {
    InterruptedException stopped = new InterruptedException("the download was interrupted");
    stopped.addSuppressed(cause);
    return stopped;
  }

  /** What is known of the whole: of a version at once, of a selection as it is found. */
  private final class Planned {
    private long files;
    private long bytes;

    long files(Version version, Page<FileAddress> page) {
      files += page.items().size();
      bytes += page.items().stream().mapToLong(FileAddress::size).sum();
      return source.selection().everything() ? version.files() : files;
    }

    long bytes(Version version) {
      return source.selection().everything() ? version.bytes() : bytes;
    }

    boolean complete(@Nullable String cursor) {
      return cursor == null || source.selection().everything();
    }
  }
}
