package dev.sluice.client.upload;

import dev.sluice.client.Chunk;
import dev.sluice.client.PartUrl;
import dev.sluice.client.Pause;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.wire.StoreAnswer;
import dev.sluice.client.wire.StoreTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends one part until the store has it: again after failures, with a fresh URL each time. */
final class PartSender {

  private static final int EXPIRY_MARGIN_SECONDS = 5;

  /** Refusals with status 400 that say more about the way than about the part. */
  private static final Set<String> OF_THE_WAY =
      Set.of(
          "RequestTimeout",
          "IncompleteBody",
          "BadDigest",
          "XAmzContentChecksumMismatch",
          "ExpiredToken",
          "RequestTimeTooSkewed");

  private final SluiceClient client;
  private final StoreTransport store;
  private final RetryPolicy retries;

  PartSender(SluiceClient client, StoreTransport store, RetryPolicy retries) {
    this.client = client;
    this.store = store;
    this.retries = retries;
  }

  /**
   * Sends a part.
   *
   * @param replaces whether the store has other bytes under this number
   * @return what is to be reported; null when the service knows the part already
   * @throws UploadFailedException when the store refuses it or all tries failed
   */
  @Nullable Chunk send(String uploadId, PartUrl first, HashedPart part, boolean replaces) {
    PartUrl at = first;
    for (int attempt = 1; ; attempt++) {
      URI url = at.url();
      if (at.completed() && (url == null || !replaces)) {
        return null;
      }
      String failure = "no valid URL was given";
      boolean waits = !expired(at);
      if (url != null && !expired(at)) {
        try {
          StoreAnswer answer = store.put(url, at.headers(), part.slice());
          if (answer.ok()) {
            return part.chunk(answer.etag());
          }
          failure = refusal(answer, part);
          waits = answer.status() != 403 || attempt > 1;
        } catch (IOException e) {
          failure = broken(e, part);
        }
      }
      if (!retries.allowsAfter(attempt)) {
        throw new UploadFailedException("part " + part.number() + ": " + failure);
      }
      if (waits) {
        Pause.of(retries.delayAfter(attempt));
      }
      at = fresh(uploadId, part);
    }
  }

  /** A URL minted now, which only takes this part's bytes. */
  private PartUrl fresh(String uploadId, HashedPart part) {
    List<PartUrl> urls =
        client
            .uploads()
            .getMultipartUrl(
                uploadId, List.of(part.number()), Map.of(part.number(), part.crc32c()), false);
    if (urls.size() != 1) {
      throw new UploadFailedException("no URL for part " + part.number());
    }
    return urls.getFirst();
  }

  private static boolean expired(PartUrl part) {
    Instant end = part.expiresAt();
    return end != null && Instant.now().plusSeconds(EXPIRY_MARGIN_SECONDS).isAfter(end);
  }

  /** 403 may be an old URL, 404 and 412 a part that just arrived, 408 and 429 a busy store. */
  private static String refusal(StoreAnswer answer, HashedPart part) {
    String failure = ("the object store answered " + answer.status() + " " + answer.code()).strip();
    boolean again =
        switch (answer.status()) {
          case 403, 404, 408, 409, 412, 429 -> true;
          case 400 -> OF_THE_WAY.contains(answer.code());
          default -> answer.status() >= 500;
        };
    if (!again) {
      throw new UploadFailedException(
          "part " + part.number() + ": " + failure + " " + answer.body().strip());
    }
    if (answer.code().equals("BadDigest") || answer.code().endsWith("ChecksumMismatch")) {
      requireUnchanged(part);
    }
    return failure;
  }

  private static String broken(IOException e, HashedPart part) {
    if (Thread.currentThread().isInterrupted()) {
      throw new UploadFailedException("interrupted");
    }
    requireUnchanged(part);
    return "the connection to the object store failed: " + e;
  }

  /** There is no use in sending bytes that are no longer those announced. */
  private static void requireUnchanged(HashedPart part) {
    try {
      if (!Crc.of(part.slice()).equals(part.crc32c())) {
        throw new UploadFailedException("the file changed while it was uploaded");
      }
    } catch (IOException e) {
      throw new UploadFailedException("the file can no longer be read: " + e);
    }
  }
}
