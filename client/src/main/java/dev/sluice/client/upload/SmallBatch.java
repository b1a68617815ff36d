package dev.sluice.client.upload;

import dev.sluice.client.BatchProblem;
import dev.sluice.client.BatchedUpload;
import dev.sluice.client.Chunk;
import dev.sluice.client.PartUrl;
import dev.sluice.client.SentUpload;
import dev.sluice.client.SettledUpload;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.SluiceUnavailableException;
import dev.sluice.client.UploadBatch;
import dev.sluice.client.UploadState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Up to a thousand small files: read in parallel, announced in one call, one PUT each, completed in
 * one call. Several batches overlap, so that senders need not wait for calls.
 */
final class SmallBatch {

  private static final int ROUNDS = 3;

  private final SluiceClient client;
  private final UploadTarget target;
  private final UploadListener listener;
  private final Workers workers;
  private final PartSender sender;
  private final LargeFile large;
  private final List<Handed> handed = new ArrayList<>();

  SmallBatch(
      SluiceClient client,
      UploadTarget target,
      UploadOptions options,
      UploadListener listener,
      Workers workers) {
    this.client = client;
    this.target = target;
    this.listener = listener;
    this.workers = workers;
    this.sender = new PartSender(client, workers.store(), options.retries());
    this.large = new LargeFile(client, target, options, listener, workers);
  }

  /** A file that the store takes as one part. */
  private record Small(HashedFile file, UploadOutcome outcome, PartUrl url) {}

  /** What came of sending it. */
  private record Put(Small small, Chunk chunk) {

    SentUpload told() {
      HashedFile file = small.file();
      return new SentUpload(small.outcome().uploadId(), file.sha256(), chunk.etag(), file.crc32c());
    }
  }

  /** Brings the files into the store; the service may still have to verify them. */
  List<Handed> upload(List<LocalFile> files) throws InterruptedException {
    List<HashedFile> open = hashed(files);
    for (int round = 1; !open.isEmpty(); round++) {
      open = complete(sent(announced(open)), round == ROUNDS);
    }
    return handed;
  }

  /** The answer to a call for all; where there is none, all of them fail. */
  private <T, R> List<R> answers(List<T> all, Supplier<List<R>> call, BiConsumer<T, String> fails) {
    String why;
    try {
      List<R> answers = call.get();
      if (answers.size() == all.size()) {
        return answers;
      }
      why = "the service answered for other files than it was asked for";
    } catch (SluiceProblemException | SluiceUnavailableException e) {
      why = String.valueOf(e.getMessage());
    }
    for (T one : all) {
      fails.accept(one, why);
    }
    return List.of();
  }

  private List<HashedFile> hashed(List<LocalFile> files) throws InterruptedException {
    List<HashedFile> hashed = new ArrayList<>();
    each(
        files,
        workers.hashers(),
        file -> {
          HashedFile known = HashedFile.of(file);
          listener.started(file, known.size());
          return known;
        },
        (file, known) -> hashed.add(known),
        (file, why) -> give(Handed.done(UploadOutcome.failed(file, why))));
    return hashed;
  }

  /** The files whose bytes are wanted. */
  private List<Small> announced(List<HashedFile> files) {
    List<UploadBatch.Item> items = files.stream().map(HashedFile::item).toList();
    UploadBatch batch =
        new UploadBatch(target.project(), target.dataset(), target.version(), items);
    List<BatchedUpload> answers =
        answers(
            files,
            () -> client.uploads().newMultipartBatch(batch),
            (file, why) -> give(Handed.done(blank(file, "").ended(UploadResult.FAILED, why))));
    List<Small> wanted = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      sort(files.get(i), answers.get(i), wanted);
    }
    return wanted;
  }

  private void sort(HashedFile file, BatchedUpload answer, List<Small> wanted) {
    String id = Objects.requireNonNullElse(answer.uploadId(), "");
    UploadOutcome outcome = blank(file, id);
    UploadState state = answer.state();
    if (answer.problem() != null || state == null) {
      give(Handed.done(outcome.ended(UploadResult.FAILED, said(answer.problem()))));
      return;
    }
    switch (state) {
      case OPEN -> {
        if (answer.partCount() > 1) {
          give(alone(file.file(), () -> large.upload(file.file())));
        } else {
          wanted.add(new Small(file, outcome, urlOf(answer)));
        }
      }
      case COMPLETED -> {
        listener.stored(file.file(), file.size());
        UploadResult result =
            answer.deduplicated() ? UploadResult.DEDUPLICATED : UploadResult.SKIPPED;
        give(Handed.done(outcome.ended(result, null)));
      }
      case VERIFYING -> {
        listener.stored(file.file(), file.size());
        give(Handed.verifying(outcome.ended(UploadResult.RESUMED, null)));
      }
      case IGNORED -> give(Handed.done(outcome.ended(UploadResult.IGNORED, answer.reason())));
      case ABORTED, FAILED ->
          give(Handed.done(outcome.ended(UploadResult.FAILED, answer.reason())));
    }
  }

  private static UploadOutcome blank(HashedFile file, String uploadId) {
    return UploadOutcome.of(file.file(), uploadId, file.size(), file.sha256());
  }

  /** For a file that the batch's own calls do not fit. */
  private static Handed alone(LocalFile file, Alone steps) {
    try {
      return steps.run();
    } catch (IOException e) {
      return Handed.done(UploadOutcome.failed(file, "the file cannot be read: " + e));
    } catch (RuntimeException e) {
      return Handed.done(UploadOutcome.failed(file, String.valueOf(e.getMessage())));
    }
  }

  /** Without a URL the sender asks for one. */
  private static PartUrl urlOf(BatchedUpload answer) {
    PartUrl part = answer.part();
    return part == null ? new PartUrl(1, 0, null, false, null, Map.of()) : part;
  }

  private List<Put> sent(List<Small> wanted) throws InterruptedException {
    List<Put> sent = new ArrayList<>();
    each(
        wanted,
        workers.smalls(),
        small -> {
          Chunk chunk =
              sender.send(small.outcome().uploadId(), small.url(), small.file().part(), false);
          listener.stored(small.file().file(), small.file().size());
          return Optional.ofNullable(chunk).map(had -> new Put(small, had));
        },
        (small, put) ->
            put.ifPresentOrElse(
                sent::add,
                () -> give(alone(small.file().file(), () -> large.again(small.outcome())))),
        (small, why) -> give(Handed.done(small.outcome().ended(UploadResult.FAILED, why))));
    return sent;
  }

  /** Says what the store has; the files that it lost meanwhile are to be sent again. */
  private List<HashedFile> complete(List<Put> sent, boolean last) {
    if (sent.isEmpty()) {
      return List.of();
    }
    List<SentUpload> uploads = sent.stream().map(Put::told).toList();
    List<SettledUpload> settled =
        answers(
            sent,
            () -> client.uploads().completeMultipartBatch(target.project(), uploads),
            this::failed);
    List<HashedFile> again = new ArrayList<>();
    for (int i = 0; i < settled.size(); i++) {
      if (!settle(sent.get(i), settled.get(i), last)) {
        again.add(sent.get(i).small().file());
      }
    }
    return again;
  }

  /** Whether nothing more is to be sent. */
  private boolean settle(Put put, SettledUpload settled, boolean last) {
    UploadOutcome outcome = put.small().outcome().sent(1, put.small().file().size());
    UploadState state = settled.state();
    if (settled.problem() != null || state == null) {
      boolean lost = settled.problem() != null && settled.problem().code().equals("parts-missing");
      if (lost && !last) {
        return false;
      }
      failed(put, said(settled.problem()));
      return true;
    }
    give(
        switch (state) {
          case OPEN, VERIFYING -> Handed.verifying(outcome);
          case COMPLETED -> Handed.done(outcome);
          case IGNORED -> Handed.done(outcome.ended(UploadResult.IGNORED, settled.reason()));
          case ABORTED, FAILED -> Handed.done(outcome.ended(UploadResult.FAILED, settled.reason()));
        });
    return true;
  }

  private void failed(Put put, String why) {
    give(Handed.done(put.small().outcome().ended(UploadResult.FAILED, why)));
  }

  private static String said(@Nullable BatchProblem problem) {
    return problem == null ? "the service gave no reason" : problem.sentence();
  }

  private void give(Handed one) {
    handed.add(one);
    Listeners.tell(listener, one);
  }

  /** Does one thing to all, in parallel; each that fails is set aside with its reason. */
  private static <T, R> void each(
      List<T> all,
      ExecutorService pool,
      Work<T, R> work,
      BiConsumer<T, R> done,
      BiConsumer<T, String> failed)
      throws InterruptedException {
    Map<T, Future<R>> running = new LinkedHashMap<>();
    all.forEach(one -> running.put(one, pool.submit((Callable<R>) () -> work.on(one))));
    try {
      for (Map.Entry<T, Future<R>> one : running.entrySet()) {
        try {
          done.accept(one.getKey(), one.getValue().get());
        } catch (ExecutionException e) {
          Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
          boolean unread = cause instanceof IOException;
          String words = unread ? "the file cannot be read: " + cause : cause.getMessage();
          failed.accept(one.getKey(), String.valueOf(words));
        } catch (CancellationException e) {
          failed.accept(one.getKey(), "cancelled");
        }
      }
    } finally {
      running.values().forEach(one -> one.cancel(true));
    }
  }

  @FunctionalInterface
  private interface Alone {
    Handed run() throws IOException;
  }

  @FunctionalInterface
  private interface Work<T, R> {
    R on(T one) throws IOException;
  }
}
