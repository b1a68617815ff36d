package dev.sluice.client.upload;

import dev.sluice.client.Pause;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.Upload;
import dev.sluice.client.UploadState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until the service has read back what was stored; one list call a round for all files. */
final class Verification {

  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final SluiceClient client;
  private final UploadTarget target;
  private final Duration patience;

  Verification(SluiceClient client, UploadTarget target, Duration patience) {
    this.client = client;
    this.target = target;
    this.patience = patience;
  }

  /** The final outcomes of the given ones, in any order; {@code settled} hears each at once. */
  List<UploadOutcome> await(List<UploadOutcome> verifying, UploadListener settled) {
    Map<String, UploadOutcome> waiting = new LinkedHashMap<>();
    verifying.forEach(outcome -> waiting.put(outcome.uploadId(), outcome));
    List<UploadOutcome> ended = new ArrayList<>();
    Instant lastChange = Instant.now();
    for (Duration delay = SHORTEST; !waiting.isEmpty(); delay = longer(delay)) {
      Pause.of(delay);
      List<UploadOutcome> now = settle(waiting);
      now.forEach(settled::finished);
      ended.addAll(now);
      if (!now.isEmpty()) {
        lastChange = Instant.now();
      } else if (lastChange.plus(patience).isBefore(Instant.now())) {
        ended.addAll(givenUp(waiting, settled));
        waiting.clear();
      }
    }
    return ended;
  }

  private List<UploadOutcome> settle(Map<String, UploadOutcome> waiting) {
    Set<String> busy = busy();
    List<UploadOutcome> ended = new ArrayList<>();
    Iterator<UploadOutcome> each = waiting.values().iterator();
    while (each.hasNext()) {
      UploadOutcome outcome = each.next();
      if (busy.contains(outcome.uploadId())) {
        continue;
      }
      Upload upload = client.uploads().get(outcome.uploadId());
      if (upload.state() != UploadState.VERIFYING) {
        ended.add(ended(outcome, upload));
        each.remove();
      }
    }
    return ended;
  }

  private Set<String> busy() {
    return client
        .uploads()
        .list(target.project(), target.dataset(), target.version(), UploadState.VERIFYING)
        .map(Upload::uploadId)
        .collect(Collectors.toSet());
  }

  private static UploadOutcome ended(UploadOutcome outcome, Upload upload) {
    return switch (upload.state()) {
      case COMPLETED -> outcome;
      case IGNORED -> outcome.ended(UploadResult.IGNORED, upload.reason());
      case FAILED -> outcome.ended(UploadResult.FAILED, upload.reason());
      case OPEN, VERIFYING, ABORTED ->
          outcome.ended(UploadResult.FAILED, "the upload was " + upload.state().name());
    };
  }

  private List<UploadOutcome> givenUp(Map<String, UploadOutcome> waiting, UploadListener settled) {
    String reason = "still not verified after " + patience.toSeconds() + " s";
    List<UploadOutcome> outcomes =
        waiting.values().stream()
            .map(outcome -> outcome.ended(UploadResult.FAILED, reason))
            .toList();
    outcomes.forEach(settled::finished);
    return outcomes;
  }

  private static Duration longer(Duration delay) {
    Duration doubled = delay.multipliedBy(2);
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }
}
