package dev.sluice.client.upload;

import dev.sluice.client.Chunk;
import dev.sluice.client.PartUrl;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.UploadProgress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the missing and differing parts of one file into the store. One thread decides; one reads
 * ahead, several send. URLs are asked for when senders are about to run dry, for many parts at once
 * and never long before they are used.
 */
final class PartPump {

  private static final int REPORT_EVERY = 64;

  /**
   * What came of it.
   *
   * @param sha256 of the whole file
   * @param unreported parts that the service was not told of
   */
  record Pumped(String sha256, List<Chunk> unreported, int parts, long bytes) {}

  private final SluiceClient client;
  private final UploadOptions options;
  private final UploadListener listener;
  private final Workers workers;
  private final PartSender sender;
  private final Transfer transfer;
  private final Semaphore ahead;
  private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
  private final Deque<HashedPart> ready = new ArrayDeque<>();
  private final List<Future<?>> sending = new ArrayList<>();
  private final List<Chunk> unreported = new ArrayList<>();
  private @Nullable String sha256;
  private @Nullable RuntimeException failure;
  private boolean read;
  private int flying;
  private int parts;
  private long bytes;

  PartPump(
      SluiceClient client,
      UploadOptions options,
      UploadListener listener,
      Workers workers,
      Transfer transfer,
      @Nullable String sha256) {
    this.client = client;
    this.options = options;
    this.listener = listener;
    this.workers = workers;
    this.sender = new PartSender(client, workers.store(), options.retries());
    this.transfer = transfer;
    this.sha256 = sha256;
    this.ahead = new Semaphore(options.parallelParts() + options.urlBatch());
  }

  /**
   * Works until the store has every part.
   *
   * @throws UploadFailedException when one will not get there; those that did are reported
   */
  Pumped run() {
    PartReader reader = new PartReader(transfer, sha256 == null, ahead, steps::add);
    Future<?> reading = workers.readers().submit(reader);
    try {
      while (!read || flying > 0 || !ready.isEmpty()) {
        if (wantsUrls()) {
          ask();
        } else {
          on(steps.take());
        }
        if (failure != null && !read) {
          reader.cancel();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = new UploadFailedException("interrupted");
    } finally {
      reader.cancel();
      reading.cancel(true);
      sending.forEach(each -> each.cancel(true));
    }
    if (failure != null) {
      throw reportedBefore(failure);
    }
    return new Pumped(Objects.requireNonNull(sha256), List.copyOf(unreported), parts, bytes);
  }

  private boolean wantsUrls() {
    int enough = read ? 1 : Math.min(4, options.urlBatch());
    return failure == null && flying <= options.parallelParts() && ready.size() >= enough;
  }

  private void on(Step step) {
    switch (step) {
      case Step.Hashed hashed -> sort(hashed.part());
      case Step.Whole whole -> {
        read = true;
        sha256 = whole.sha256() == null ? sha256 : whole.sha256();
      }
      case Step.Sent sent -> {
        landed();
        arrived(sent.part(), sent.chunk());
      }
      case Step.Lost lost -> {
        landed();
        fail(lost.why());
      }
      case Step.Unread unread -> {
        read = true;
        fail(unread.why());
      }
    }
  }

  private void sort(HashedPart part) {
    Chunk held = transfer.stored().get(part.number());
    if (failure != null) {
      ahead.release();
    } else if (held == null || !part.isHeldAs(held)) {
      ready.add(part);
    } else {
      if (held.crc32c() == null) {
        unreported.add(part.chunk(held.etag()));
      }
      listener.stored(transfer.file(), part.slice().size());
      ahead.release();
    }
  }

  private void landed() {
    flying--;
    ahead.release();
  }

  private void arrived(HashedPart part, @Nullable Chunk chunk) {
    listener.stored(transfer.file(), part.slice().size());
    Chunk held = transfer.stored().get(part.number());
    if (chunk != null) {
      parts++;
      bytes += part.slice().size();
      unreported.add(chunk);
    } else if (held != null) {
      // The service keeps what it has: told what the part should be, reading back finds it wrong.
      unreported.add(part.chunk(held.etag()));
    }
    if (unreported.size() >= REPORT_EVERY) {
      tryTo(this::report);
    }
  }

  private void ask() {
    Map<Integer, HashedPart> asked = new LinkedHashMap<>();
    while (asked.size() < options.urlBatch() && !ready.isEmpty()) {
      HashedPart part = ready.remove();
      asked.put(part.number(), part);
    }
    tryTo(
        () -> {
          for (PartUrl url : urls(asked)) {
            HashedPart part = Objects.requireNonNull(asked.remove(url.partNumber()));
            sending.add(workers.parts().submit(() -> send(part, url)));
            flying++;
          }
        });
    sending.removeIf(Future::isDone);
    if (!asked.isEmpty()) {
      fail(new UploadFailedException("no URL for the parts " + asked.keySet()));
    }
  }

  private List<PartUrl> urls(Map<Integer, HashedPart> asked) {
    Map<Integer, String> crcs =
        asked.values().stream().collect(Collectors.toMap(HashedPart::number, HashedPart::crc32c));
    boolean neverSent = asked.keySet().stream().noneMatch(transfer.stored()::containsKey);
    return client
        .uploads()
        .getMultipartUrl(transfer.uploadId(), List.copyOf(asked.keySet()), crcs, neverSent);
  }

  private void send(HashedPart part, PartUrl url) {
    try {
      boolean replaces = transfer.stored().containsKey(part.number());
      steps.add(new Step.Sent(part, sender.send(transfer.uploadId(), url, part, replaces)));
    } catch (RuntimeException e) {
      steps.add(new Step.Lost(part, e));
    }
  }

  private void report() {
    UploadProgress progress = client.uploads().updateChunk(transfer.uploadId(), unreported);
    unreported.clear();
    listener.reported(transfer.file(), progress);
  }

  private void tryTo(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(RuntimeException why) {
    ready.clear();
    if (failure == null) {
      failure = why;
    }
  }

  /** What did arrive is told, so that the next attempt need not look for it. */
  private RuntimeException reportedBefore(RuntimeException why) {
    if (!unreported.isEmpty() && !Thread.currentThread().isInterrupted()) {
      try {
        report();
      } catch (RuntimeException e) {
        why.addSuppressed(e);
      }
    }
    return why;
  }
}
