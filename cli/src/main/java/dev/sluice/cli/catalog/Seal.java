package dev.sluice.cli.catalog;

import dev.sluice.client.Pause;
import dev.sluice.client.SealRequest;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import java.time.Duration;
import java.time.Instant;

/** Seals a draft, waiting for files that are announced and not yet in it. */
public final class Seal {

  private static final Duration BETWEEN = Duration.ofMillis(250);

  private final VersionClient versions;
  private final Duration patience;

  /** Waits at most the given time. */
  public Seal(VersionClient versions, Duration patience) {
    this.versions = versions;
    this.patience = patience;
  }

  /**
   * Seals.
   *
   * @throws SluiceProblemException when it is refused, or files are still pending after the
   *     patience
   */
  public Version of(String version, SealRequest expected) {
    Instant end = Instant.now().plus(patience);
    while (true) {
      try {
        return versions.seal(version, expected);
      } catch (SluiceProblemException e) {
        if (!e.is("files-pending") || Instant.now().isAfter(end)) {
          throw e;
        }
      }
      Pause.of(BETWEEN);
    }
  }
}
