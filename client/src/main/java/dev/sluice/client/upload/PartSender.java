package dev.sluice.client.upload;

import dev.sluice.client.Chunk;
import dev.sluice.client.PartUrl;
import dev.sluice.client.Pause;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sends one part until the store has it: again after failures, with a fresh URL each time. */
final class PartSender {

  private static final int EXPIRY_MARGIN_SECONDS = 5;

  private final SluiceClient client;
  private final RetryPolicy retries;

  PartSender(SluiceClient client, RetryPolicy retries) {
    this.client = client;
    this.retries = retries;
  }

  /**
   * Sends a part.
   *
   * @return what is to be reported, or nothing when the service knows the part already
   * @throws UploadFailedException when the store refuses it or all tries failed
   */
  Optional<Chunk> send(String uploadId, PartUrl first, FileSlice slice) {
    PartUrl part = first;
    String failure = "";
    for (int attempt = 1; ; attempt++) {
      URI url = part.url();
      if (part.completed()) {
        return Optional.empty();
      }
      if (url != null && !expired(part)) {
        try {
          HttpResponse<String> answer =
              client.objects().put(url, slice.publisher(), part.headers());
          if (answer.statusCode() / 100 == 2) {
            return Optional.of(new Chunk(part.partNumber(), slice.size(), etag(answer)));
          }
          failure = "the object store answered " + answer.statusCode();
          refuseHopeless(answer, part.partNumber());
        } catch (IOException e) {
          checkUnchanged(slice);
          failure = "the connection to the object store failed: " + e;
        }
      } else {
        failure = "no valid URL was given";
      }
      if (!retries.allowsAfter(attempt)) {
        throw new UploadFailedException("part " + part.partNumber() + ": " + failure);
      }
      pauseUnlessExpired(part, failure, attempt);
      part = fresh(uploadId, part.partNumber());
    }
  }

  private PartUrl fresh(String uploadId, int partNumber) {
    List<PartUrl> urls = client.uploads().getMultipartUrl(uploadId, List.of(partNumber));
    if (urls.size() != 1) {
      throw new UploadFailedException("no URL for part " + partNumber);
    }
    return urls.getFirst();
  }

  /** A URL that is too old, or a first 403 that may mean it, costs no waiting. */
  private void pauseUnlessExpired(PartUrl part, String failure, int attempt) {
    boolean refusedOnce = attempt == 1 && failure.endsWith(" 403");
    if (!refusedOnce && !expired(part)) {
      Pause.of(retries.delayAfter(attempt));
    }
  }

  private static boolean expired(PartUrl part) {
    Instant end = part.expiresAt();
    return end != null && Instant.now().plusSeconds(EXPIRY_MARGIN_SECONDS).isAfter(end);
  }

  /** 403 may be an old URL, 404 and 412 a part that just arrived, 408 and 429 a busy store. */
  private static void refuseHopeless(HttpResponse<String> answer, int partNumber) {
    switch (answer.statusCode()) {
      case 403, 404, 408, 409, 412, 429 -> {}
      default -> {
        if (answer.statusCode() < 500) {
          throw new UploadFailedException(
              "part "
                  + partNumber
                  + ": the object store answered "
                  + answer.statusCode()
                  + " "
                  + answer.body().strip());
        }
      }
    }
  }

  private static void checkUnchanged(FileSlice slice) {
    try {
      if (Files.size(slice.file()) < slice.offset() + slice.size()) {
        throw new UploadFailedException("the file became shorter while it was uploaded");
      }
    } catch (IOException e) {
      throw new UploadFailedException("the file can no longer be read: " + e);
    }
  }

  private static String etag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElse("").replace("\"", "");
  }
}
