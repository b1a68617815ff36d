package dev.sluice.cli.catalog;

import dev.sluice.client.Pause;
import dev.sluice.client.SealRequest;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Seals a draft, waiting for files that are announced and not yet in it. */
public final class Seal {

  private static final Duration BETWEEN = Duration.ofMillis(250);
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final VersionClient versions;
  private final Duration patience;
  private final Consumer<String> waiting;

  /** Waits at most the given time, and says every few seconds what for. */
  public Seal(VersionClient versions, Duration patience, Consumer<String> waiting) {
    this.versions = versions;
    this.patience = patience;
    this.waiting = waiting;
  }

  /**
   * Seals.
   *
   * @throws SluiceProblemException when it is refused, or files are still pending after the
   *     patience
   */
  public Version of(String version, SealRequest expected) {
    Instant end = Instant.now().plus(patience);
    Instant speak = Instant.now().plus(SILENCE);
    while (true) {
      try {
        return versions.seal(version, expected);
      } catch (SluiceProblemException e) {
        if (!e.is("files-pending") || Instant.now().isAfter(end)) {
          throw e;
        }
        if (Instant.now().isAfter(speak)) {
          waiting.accept(e.detail());
          speak = Instant.now().plus(SILENCE);
        }
      }
      Pause.of(BETWEEN);
    }
  }
}
