package dev.sluice.upload.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Header {@code Content-Range: bytes first-last/total}.
 *
 * @param total -1 when the server does not say
 */
record ContentRange(long first, long last, long total) {
  private static final String NUMBER = "(\\d{1,18})";
  private static final Pattern FORM =
      Pattern.compile("(?i)bytes " + NUMBER + "-" + NUMBER + "/(?:" + NUMBER + "|\\*)");
  private static final Pattern UNSATISFIED = Pattern.compile("(?i)bytes \\*/" + NUMBER);
  private static final int TOTAL = 3;

  /** The range of an answer; empty when the header is absent or senseless. */
  static Optional<ContentRange> of(Response response) {
    return of(header(response));
  }

  /** The range of a header's text; empty when it is absent or senseless. */
  static Optional<ContentRange> of(String header) {
    Matcher form = FORM.matcher(header.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    @Nullable String total = form.group(TOTAL);
    return Optional.of(
        new ContentRange(
            Long.parseLong(form.group(1)),
            Long.parseLong(form.group(2)),
            total == null ? -1 : Long.parseLong(total)));
  }

  /** The size that an answer 416 tells. */
  static Optional<Long> sizeOfUnsatisfied(Response response) {
    Matcher form = UNSATISFIED.matcher(header(response));
    return form.matches() ? Optional.of(Long.parseLong(form.group(1))) : Optional.empty();
  }

  private static String header(Response response) {
    return Optional.ofNullable(response.header("Content-Range")).orElse("").strip();
  }
}
