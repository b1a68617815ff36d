package dev.sluice.client.upload;

import dev.sluice.client.wire.StoreTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one run of the engine. Those that move bytes are threads of the platform: the
 * kernel copies for them, which would pin a virtual one anyway.
 *
 * @param files one for each large file in progress
 * @param readers one for each large file in progress
 * @param parts senders of parts
 * @param batches one for each batch of small files in progress
 * @param hashers of small files
 * @param smalls senders of small files
 */
record Workers(
    StoreTransport store,
    ExecutorService files,
    ExecutorService readers,
    ExecutorService parts,
    ExecutorService batches,
    ExecutorService hashers,
    ExecutorService smalls)
    implements AutoCloseable {

  private static final int BATCHES = 3;
  private static final int HASHERS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  static Workers of(UploadOptions options) {
    return new Workers(
        StoreTransport.open(),
        pool(options.parallelFiles(), "upload-file-"),
        pool(options.parallelFiles(), "upload-read-"),
        pool(options.parallelParts(), "upload-part-"),
        pool(BATCHES, "upload-batch-"),
        pool(HASHERS, "upload-hash-"),
        pool(options.parallelSmall(), "upload-small-"));
  }

  private static ExecutorService pool(int threads, String name) {
    ThreadFactory factory = Thread.ofPlatform().daemon().name(name, 0).factory();
    return Executors.newFixedThreadPool(threads, factory);
  }

  /** Interrupts everything and waits a moment, so that nothing is sent any more afterwards. */
  @Override
  public void close() {
    List<ExecutorService> all = List.of(files, batches, readers, hashers, parts, smalls);
    all.forEach(ExecutorService::shutdownNow);
    store.close();
    boolean interrupted = Thread.interrupted();
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      for (ExecutorService each : all) {
        boolean over = each.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        assert over || System.nanoTime() >= end;
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
