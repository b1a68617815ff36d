package dev.sluice.local.part;

import dev.sluice.local.state.LocalException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Waits until parts answer and says, with the end of their log, why when they do not. */
public final class Readiness {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int PROBE_MILLIS = 2_000;
  private static final int LOG_LINES = 15;

  private Readiness() {}

  /**
   * Starts a part and waits until it is ready.
   *
   * @throws LocalException when its process ends or its patience is over first
   */
  public static void startAndAwait(Part part) {
    part.start();
    await(part);
  }

  /**
   * Waits until a started part is ready.
   *
   * @throws LocalException when its process ends or its patience is over first
   */
  public static void await(Part part) {
    Instant deadline = Instant.now().plus(part.patience());
    while (!part.isReady()) {
      if (endedWithin(part, BETWEEN_LOOKS)) {
        throw new LocalException(part.name() + " ended while starting" + lastLines(part));
      }
      if (Instant.now().isAfter(deadline)) {
        throw new LocalException(
            "%s did not answer within %d s%s"
                .formatted(part.name(), part.patience().toSeconds(), lastLines(part)));
      }
    }
  }

  /** Whether a GET of this address answers with a status below the limit. */
  static boolean answers(String url, int belowStatus) {
    return answers(url, belowStatus, "");
  }

  /** Same, with a bearer token unless it is empty. */
  static boolean answers(String url, int belowStatus, String token) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url).toURL().openConnection(java.net.Proxy.NO_PROXY);
      connection.setConnectTimeout(PROBE_MILLIS);
      connection.setReadTimeout(PROBE_MILLIS);
      connection.setInstanceFollowRedirects(false);
      if (!token.isEmpty()) {
        connection.setRequestProperty("Authorization", "Bearer " + token);
      }
      try {
        return connection.getResponseCode() < belowStatus;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  private static boolean endedWithin(Part part, Duration pause) {
    return part instanceof ProcessPart process && process.endsWithin(pause);
  }

  private static String lastLines(Part part) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(part.logFile()), StandardCharsets.UTF_8).lines().toList();
      return "; the end of "
          + part.logFile()
          + ":\n  "
          + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException noLog) {
      return "; see " + part.logFile();
    }
  }
}
