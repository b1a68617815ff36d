package dev.sluice.catalog.version;

import dev.sluice.catalog.file.FilePath;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which files are wanted.
 *
 * @param number of the page, the first is 1; or null to go on from a cursor
 * @param folder whose direct files and folders are wanted, "/" for the uppermost
 * @param glob that paths match
 * @param mediaType {@code text/plain} or {@code text/*}
 */
record ListingRequest(
    String prefix,
    @Nullable Long number,
    @Nullable String folder,
    @Nullable Glob glob,
    @Nullable String mediaType,
    PageRequest page) {

  ListingRequest {
    int ways =
        (number == null ? 0 : 1)
            + (folder == null ? 0 : 1)
            + (glob == null && mediaType == null ? 0 : 1);
    if (ways > 1) {
      throw InvalidRequest.of(
              "page", String.valueOf(number), "one of page, folder, glob with mediaType")
          .exception();
    }
    if (number != null && (number < 1 || !page.after().isEmpty())) {
      throw InvalidRequest.of("page", number, "1 or more, without a cursor").exception();
    }
    if ("/".equals(folder)) {
      folder = "";
    } else if (folder != null && !folder.isEmpty()) {
      folder =
          FilePath.of(folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder)
              + "/";
    }
  }

  /** Whether the files below a prefix are wanted, as they come. */
  boolean plain() {
    return number == null && folder == null && glob == null && mediaType == null;
  }

  boolean typeMatches(String type) {
    if (mediaType == null) {
      return true;
    }
    return mediaType.endsWith("/*")
        ? type.startsWith(mediaType.substring(0, mediaType.length() - 1))
        : type.equals(mediaType);
  }
}
