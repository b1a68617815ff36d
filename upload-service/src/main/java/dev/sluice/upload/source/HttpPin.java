package dev.sluice.upload.source;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import okhttp3.Headers;

/**
 * What tells one version of a resource from the next.
 *
 * @param etag the header as sent, quotes and {@code W/} included; empty when absent
 * @param lastModified the header as sent; empty when absent
 */
record HttpPin(String etag, String lastModified) {
  private static final Duration SETTLED = Duration.ofSeconds(2);
  private static final String JOINT = "; ";

  /** The version that an answer is of. */
  static HttpPin of(Headers headers) {
    String etag = Optional.ofNullable(headers.get("ETag")).orElse("").strip();
    String modified = Optional.ofNullable(headers.get("Last-Modified")).orElse("").strip();
    boolean strong = etag.startsWith("\"");
    return new HttpPin(etag, strong ? "" : modified);
  }

  /** The version that a tag was made of. */
  static HttpPin ofTag(String tag) {
    if (tag.startsWith("\"")) {
      return new HttpPin(tag, "");
    }
    int joint = tag.indexOf(JOINT);
    return joint < 0
        ? new HttpPin("", tag)
        : new HttpPin(tag.substring(0, joint), tag.substring(joint + JOINT.length()));
  }

  /** One text for both; empty when the answer had neither. */
  String tag() {
    if (isStrong() || (etag.isEmpty() && lastModified.isEmpty())) {
      return etag;
    }
    return etag.isEmpty() ? lastModified : etag + JOINT + lastModified;
  }

  /**
   * Whether ranges of several answers can be told to be of one version: by a strong ETag, or by a
   * date that was over when the answer was made. A weak ETag alone does not do.
   */
  boolean holdsRanges(Headers headers) {
    if (isStrong()) {
      return true;
    }
    Optional<Instant> modified = instant(lastModified);
    Optional<Instant> now = instant(Optional.ofNullable(headers.get("Date")).orElse(""));
    return modified.isPresent()
        && now.isPresent()
        && !modified.orElseThrow().plus(SETTLED).isAfter(now.orElseThrow());
  }

  /** What {@code If-Range} may say; empty for a weak ETag, which it must not. */
  Optional<String> ifRange() {
    if (isStrong()) {
      return Optional.of(etag);
    }
    return etag.isEmpty() && !lastModified.isEmpty() ? Optional.of(lastModified) : Optional.empty();
  }

  private boolean isStrong() {
    return etag.startsWith("\"");
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
