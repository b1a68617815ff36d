package dev.sluice.client.download;

import dev.sluice.client.FileAddress;
import dev.sluice.client.ObjectStoreClient;
import dev.sluice.client.Pause;
import dev.sluice.client.VersionClient;
import dev.sluice.client.upload.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings one file into the folder: goes on with what is there, again after failures. */
final class FileDownload {
  private static final int BUFFER = 128 * 1024;
  private static final int EXPIRY_MARGIN_SECONDS = 5;
  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private final ObjectStoreClient store;
  private final VersionClient versions;
  private final String version;
  private final DownloadOptions options;
  private final DownloadListener listener;
  private final StallWatch watch;

  FileDownload(
      ObjectStoreClient store,
      VersionClient versions,
      String version,
      DownloadOptions options,
      DownloadListener listener,
      StallWatch watch) {
    this.store = store;
    this.versions = versions;
    this.version = version;
    this.options = options;
    this.listener = listener;
    this.watch = watch;
  }

  /** How an answer of the store ended. */
  private enum Answer {
    /** All it had to give is here. */
    GIVEN,
    /** The object is another one than before. */
    OTHER,
    /** The address does not hold any more. */
    EXPIRED,
    /** Not now. */
    BUSY
  }

  /**
   * Brings the file.
   *
   * @throws DownloadFailedException when it will not come
   */
  DownloadOutcome run(DownloadFolder folder, FileAddress file) throws IOException {
    if ("file-erased".equals(file.problem())) {
      String why = "its bytes were erased for good";
      return new DownloadOutcome(file.path(), DownloadResult.ERASED, file.size(), 0, why);
    }
    String sha256 = promised(file);
    Path target = folder.place(file.path(), !options.dryRun());
    if (isThere(target, file.size(), sha256)) {
      listener.had(file.path(), file.size());
      return new DownloadOutcome(file.path(), DownloadResult.PRESENT, file.size(), 0, null);
    }
    if (options.dryRun()) {
      return new DownloadOutcome(file.path(), DownloadResult.PLANNED, file.size(), 0, null);
    }
    boolean kept = file.size() >= options.keepFrom();
    try (PartFile part = PartFile.open(target, sha256, file.size(), kept)) {
      long before = part.length();
      listener.had(file.path(), before);
      String came = receive(part, file);
      if (!came.equals(sha256)) {
        listener.received(file.path(), -part.length());
        part.restart();
        before = 0;
        came = receive(part, file);
      }
      if (!came.equals(sha256)) {
        part.discard();
        throw new DownloadFailedException(
            "it came twice as " + came + ", but the manifest says " + sha256);
      }
      part.finish();
      return new DownloadOutcome(
          file.path(),
          before > 0 ? DownloadResult.RESUMED : DownloadResult.DOWNLOADED,
          file.size(),
          file.size() - before,
          null);
    }
  }

  private static String promised(FileAddress file) {
    String sha256 = file.sha256();
    if (file.problem() != null || sha256 == null || file.url() == null) {
      throw new DownloadFailedException(Objects.requireNonNullElse(file.problem(), "no address"));
    }
    return sha256;
  }

  private static boolean isThere(Path target, long size, String sha256) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.size(target) == size
        && Checksum.sha256(target).equals(sha256);
  }

  /** Receives until the part is as long as the file; its SHA-256. */
  private String receive(PartFile part, FileAddress file) throws IOException {
    FileAddress at = file;
    long best = part.length();
    for (int attempt = 1; part.length() < file.size(); attempt++) {
      if (expired(at)) {
        at = fresh(file);
      }
      String failure;
      boolean waits = true;
      try {
        Answer answer = once(part, file, Objects.requireNonNull(at.url()));
        failure = "the object store does not give it: " + answer;
        if (answer == Answer.EXPIRED || answer == Answer.OTHER) {
          at = fresh(file);
          waits = attempt > 1;
        }
      } catch (IOException e) {
        requireUninterrupted();
        failure = "the connection to the object store failed: " + e;
      }
      if (part.length() > best) {
        best = part.length();
        attempt = 0;
      } else if (!options.retries().allowsAfter(attempt)) {
        throw new DownloadFailedException(failure);
      }
      if (part.length() < file.size() && waits) {
        Pause.of(options.retries().delayAfter(Math.max(1, attempt)));
      }
    }
    return part.digest();
  }

  private Answer once(PartFile part, FileAddress file, URI url) throws IOException {
    Map<String, String> headers = new HashMap<>();
    if (part.length() > 0) {
      headers.put("Range", "bytes=" + part.length() + "-");
      if (!part.etag().isEmpty()) {
        headers.put("If-Match", part.etag());
      }
    }
    HttpResponse<InputStream> response = store.get(url, headers, options.patience());
    try (InputStream body = response.body()) {
      return switch (response.statusCode()) {
        case 200 -> {
          again(part, file);
          yield take(part, file, response, body);
        }
        case 206 ->
            continues(part, file, response) ? take(part, file, response, body) : other(part, file);
        case 412, 416 -> other(part, file);
        case 401, 403, 404 -> Answer.EXPIRED;
        case 408, 429, 500, 502, 503, 504 -> Answer.BUSY;
        default ->
            throw new DownloadFailedException("the object store answered " + response.statusCode());
      };
    }
  }

  private Answer take(PartFile part, FileAddress file, HttpResponse<?> response, InputStream body)
      throws IOException {
    part.pin(response.headers().firstValue("ETag").orElse(""));
    byte[] buffer = new byte[(int) Math.min(BUFFER, file.size())];
    watch.alive(body);
    try {
      while (part.length() < file.size()) {
        int wanted = (int) Math.min(buffer.length, file.size() - part.length());
        int n = body.read(buffer, 0, wanted);
        if (n < 0) {
          throw new IOException(
              "it ended after " + part.length() + " of " + file.size() + " bytes");
        }
        part.append(buffer, n);
        listener.received(file.path(), n);
        watch.alive(body);
      }
      if (body.read() >= 0) {
        throw new DownloadFailedException("the object is longer than the manifest says");
      }
      return Answer.GIVEN;
    } finally {
      watch.over(body);
    }
  }

  private static boolean continues(PartFile part, FileAddress file, HttpResponse<?> response) {
    Matcher range = RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
    String etag = response.headers().firstValue("ETag").orElse("");
    return range.matches()
        && Long.parseLong(range.group(1)) == part.length()
        && (range.group(2).equals("*") || Long.parseLong(range.group(2)) == file.size())
        && (part.etag().isEmpty() || etag.isEmpty() || part.etag().equals(etag));
  }

  private Answer other(PartFile part, FileAddress file) throws IOException {
    again(part, file);
    return Answer.OTHER;
  }

  private void again(PartFile part, FileAddress file) throws IOException {
    if (part.length() > 0) {
      listener.received(file.path(), -part.length());
      part.restart();
    }
  }

  private FileAddress fresh(FileAddress file) {
    List<FileAddress> now = versions.addresses(version, List.of(file.path()));
    if (now.size() != 1) {
      throw new DownloadFailedException("no address");
    }
    String sha256 = promised(now.getFirst());
    if (!sha256.equals(file.sha256())) {
      throw new DownloadFailedException("the version has another file there now");
    }
    return now.getFirst();
  }

  private static boolean expired(FileAddress file) {
    Instant end = file.expiresAt();
    return end != null && Instant.now().plusSeconds(EXPIRY_MARGIN_SECONDS).isAfter(end);
  }

  private static void requireUninterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new DownloadFailedException("interrupted");
    }
  }
}
