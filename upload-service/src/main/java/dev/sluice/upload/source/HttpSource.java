package dev.sluice.upload.source;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.Response;

/**
 * One file behind an {@code http} or {@code https} URL.
 *
 * <p>It is pinned to the version first seen: by a strong ETag, or else by what there is of weak
 * ETag, {@code Last-Modified} and length together. Ranges are read only where the pin can tell
 * versions apart and the server gave a range when it was listed.
 */
final class HttpSource implements Source {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int PRECONDITION_FAILED = 412;
  private static final int UNSATISFIABLE = 416;
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

  private final HttpGet get;
  private final ListLimits limits;

  HttpSource(HttpGet get, ListLimits limits) {
    this.get = get;
    this.limits = limits;
  }

  @Override
  public Iterator<SourceFile> files() throws SourceException {
    try (Response response = get.send(request -> request.header("Range", "bytes=0-0"))) {
      SourceFile file = listed(response);
      limits.checkSize(shown(), file.size());
      return (limits.wants(file.path()) ? List.of(file) : List.<SourceFile>of()).iterator();
    }
  }

  private SourceFile listed(Response response) throws SourceException {
    String path = FileName.of(get.url(), response);
    HttpPin pin = HttpPin.of(response.headers());
    if (response.code() == UNSATISFIABLE) {
      long size = ContentRange.sizeOfUnsatisfied(response).orElse(-1L);
      if (size != 0) {
        throw new SourceException.Invalid(shown() + ": has no first byte and is not empty");
      }
      return new SourceFile(path, 0, pin.tag(), false, Optional.empty());
    }
    checkEncoding(response, path);
    if (response.code() == PARTIAL) {
      ContentRange range = rangeOf(response);
      if (range.first() != 0 || range.last() != 0) {
        throw new SourceException.Invalid(shown() + ": answers with another range than asked for");
      }
      boolean ranges = range.total() > 0 && pin.holdsRanges(response.headers());
      return new SourceFile(path, range.total(), pin.tag(), ranges, Optional.empty());
    }
    if (response.code() != OK) {
      throw gone(response);
    }
    return new SourceFile(path, lengthOf(response), pin.tag(), false, Optional.empty());
  }

  @Override
  public InputStream open(SourceFile file, long offset, long length) throws SourceException {
    boolean toEnd = length < 0 || (file.size() >= 0 && offset + length == file.size());
    if (offset == 0 && toEnd) {
      return whole(file);
    }
    if (!file.ranges()) {
      throw new IllegalArgumentException(shown() + ": has no ranges");
    }
    return range(file, offset, toEnd ? file.size() - offset : length);
  }

  private InputStream whole(SourceFile file) throws SourceException {
    Response response = get.send(request -> request);
    try {
      if (response.code() != OK) {
        throw gone(response);
      }
      checkEncoding(response, file.path());
      checkPin(response, file);
      long length = lengthOf(response);
      if (length >= 0 && file.size() >= 0 && length != file.size()) {
        throw changed("%d bytes instead of %d".formatted(length, file.size()));
      }
      long expected = Math.max(length, file.size());
      limits.checkSize(shown(), expected);
      InputStream body = response.body().byteStream();
      return expected < 0
          ? MeasuredStream.atMost(body, shown(), limits.maxFileSize())
          : MeasuredStream.exact(body, shown(), expected);
    } catch (SourceException e) {
      response.close();
      throw e;
    }
  }

  private InputStream range(SourceFile file, long offset, long length) throws SourceException {
    if (offset < 0 || length < 1 || offset + length > file.size()) {
      throw new IllegalArgumentException(
          "bytes %d+%d of a file of %d".formatted(offset, length, file.size()));
    }
    long last = offset + length - 1;
    HttpPin pin = HttpPin.ofTag(file.tag());
    Response response =
        get.send(
            request -> {
              pin.ifRange().ifPresent(value -> request.header("If-Range", value));
              return request.header("Range", "bytes=" + offset + "-" + last);
            });
    try {
      checkRange(response, file, offset, last);
      return MeasuredStream.exact(response.body().byteStream(), shown(), length);
    } catch (SourceException e) {
      response.close();
      throw e;
    }
  }

  private void checkRange(Response response, SourceFile file, long first, long last)
      throws SourceException {
    if (Set.of(OK, PRECONDITION_FAILED, UNSATISFIABLE).contains(response.code())) {
      throw changed("answers %d to a range of the listed version".formatted(response.code()));
    }
    if (response.code() != PARTIAL) {
      throw gone(response);
    }
    checkEncoding(response, file.path());
    checkPin(response, file);
    ContentRange range = rangeOf(response);
    if (range.total() >= 0 && range.total() != file.size()) {
      throw changed("%d bytes instead of %d".formatted(range.total(), file.size()));
    }
    long length = lengthOf(response);
    if (range.first() != first
        || range.last() != last
        || (length >= 0 && length != last - first + 1)) {
      throw new SourceException.Invalid(
          "%s: asked for bytes %d-%d, answers %d-%d of length %d"
              .formatted(shown(), first, last, range.first(), range.last(), length));
    }
  }

  private void checkPin(Response response, SourceFile file) throws SourceException {
    String now = HttpPin.of(response.headers()).tag();
    if (!now.equals(file.tag())) {
      throw changed(
          "is '%s' now instead of '%s'".formatted(Text.shown(now), Text.shown(file.tag())));
    }
  }

  /** Identity was asked for; the bytes of a file that is itself a gzip are as good. */
  private void checkEncoding(Response response, String path) throws SourceException {
    Headers headers = response.headers();
    String encoding =
        String.join(",", headers.values("Content-Encoding")).strip().toLowerCase(Locale.ROOT);
    boolean isItself = GZIP.contains(encoding) && path.matches("(?i).*\\.(gz|tgz|gzip)");
    if (!encoding.isEmpty() && !encoding.equals("identity") && !isItself) {
      throw new SourceException.Invalid(
          "%s: content-encoding '%s' although none was asked for"
              .formatted(shown(), Text.shown(encoding)));
    }
  }

  private ContentRange rangeOf(Response response) throws SourceException {
    return ContentRange.of(response)
        .orElseThrow(
            () -> new SourceException.Invalid(shown() + ": answers 206 without Content-Range"));
  }

  private static long lengthOf(Response response) {
    return response.body().contentLength();
  }

  private SourceException changed(String how) {
    return new SourceException.Changed(shown() + ": " + how);
  }

  private SourceException gone(Response response) {
    return new SourceException.Gone(shown() + ": answers " + response.code());
  }

  private String shown() {
    return Text.shown(get.url());
  }

  @Override
  public void close() {
    // The connections belong to the client, which all sources share.
  }
}
