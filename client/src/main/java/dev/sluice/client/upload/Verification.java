package dev.sluice.client.upload;

import dev.sluice.client.Pause;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.Upload;
import dev.sluice.client.UploadState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the service has read back what was stored. While it waits it asks for counts only; at
 * the end it asks for the few files that did not pass.
 */
final class Verification {

  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** So few may be another client's: then they are looked at by name. */
  private static final int FEW = 1_000;

  private final SluiceClient client;
  private final UploadTarget target;
  private final Duration patience;
  private final UploadListener listener;

  Verification(
      SluiceClient client, UploadTarget target, Duration patience, UploadListener listener) {
    this.client = client;
    this.target = target;
    this.patience = patience;
    this.listener = listener;
  }

  /**
   * What came of it.
   *
   * @param ended nothing more will happen to these
   * @param reopened the service wants parts of these again
   */
  record Settled(List<UploadOutcome> ended, List<UploadOutcome> reopened) {}

  /** Waits for the given files. */
  Settled await(List<UploadOutcome> verifying) {
    Map<String, UploadOutcome> waiting =
        verifying.stream()
            .collect(Collectors.toMap(UploadOutcome::uploadId, one -> one, (a, b) -> b));
    Instant lastChange = Instant.now();
    long before = Long.MAX_VALUE;
    for (Duration delay = SHORTEST; !waiting.isEmpty(); delay = longer(delay)) {
      long now =
          client
              .uploads()
              .summary(target.project(), target.dataset(), target.version())
              .filesVerifying();
      listener.verifying(now);
      if (now == 0 || (now <= FEW && nobodyOf(waiting))) {
        return settled(waiting, null);
      }
      lastChange = now == before ? lastChange : Instant.now();
      before = now;
      if (lastChange.plus(patience).isBefore(Instant.now())) {
        return settled(waiting, "still not verified after " + patience.toSeconds() + " s");
      }
      Pause.of(delay);
    }
    return new Settled(List.of(), List.of());
  }

  private boolean nobodyOf(Map<String, UploadOutcome> waiting) {
    return list(UploadState.VERIFYING).noneMatch(upload -> waiting.containsKey(upload.uploadId()));
  }

  private Settled settled(Map<String, UploadOutcome> waiting, @Nullable String givenUp) {
    Map<String, Upload> odd = new HashMap<>();
    Stream.of(
            UploadState.OPEN,
            UploadState.VERIFYING,
            UploadState.IGNORED,
            UploadState.FAILED,
            UploadState.ABORTED)
        .flatMap(this::list)
        .filter(upload -> waiting.containsKey(upload.uploadId()))
        .forEach(upload -> odd.put(upload.uploadId(), upload));
    List<UploadOutcome> ended = new ArrayList<>();
    List<UploadOutcome> reopened = new ArrayList<>();
    waiting.forEach(
        (id, outcome) -> {
          Upload upload = odd.get(id);
          if (upload == null) {
            ended.add(outcome);
          } else if (upload.state() == UploadState.OPEN) {
            reopened.add(outcome.ended(outcome.result(), upload.reason()));
          } else {
            ended.add(ended(outcome, upload, givenUp));
          }
        });
    ended.forEach(listener::finished);
    return new Settled(ended, reopened);
  }

  private static UploadOutcome ended(
      UploadOutcome outcome, Upload upload, @Nullable String givenUp) {
    return switch (upload.state()) {
      case COMPLETED, OPEN -> outcome;
      case IGNORED -> outcome.ended(UploadResult.IGNORED, upload.reason());
      case FAILED -> outcome.ended(UploadResult.FAILED, upload.reason());
      case ABORTED -> outcome.ended(UploadResult.FAILED, "the upload was given up by somebody");
      case VERIFYING -> outcome.ended(UploadResult.FAILED, givenUp);
    };
  }

  private Stream<Upload> list(UploadState state) {
    return client.uploads().list(target.project(), target.dataset(), target.version(), state);
  }

  private static Duration longer(Duration delay) {
    Duration doubled = delay.multipliedBy(2);
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }
}
