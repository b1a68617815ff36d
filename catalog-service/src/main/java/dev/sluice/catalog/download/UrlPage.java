package dev.sluice.catalog.download;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where files can be read for a while without a token.
 *
 * @param nextCursor give it back as {@code cursor} for the next page, which may be short; null on
 *     the last one
 */
@Schema(name = "DownloadPage")
@JsonInclude(JsonInclude.Include.ALWAYS)
record UrlPage(List<Item> items, @Nullable String nextCursor) {
  UrlPage {
    items = List.copyOf(items);
  }

  /**
   * A file and where its bytes are.
   *
   * @param size absent with {@code file-not-found}
   * @param url absent when there is a problem
   * @param expiresAt when the address ends
   * @param problem {@code file-not-found} or {@code file-erased}
   */
  @Schema(name = "DownloadFile")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String path,
      @Nullable Long size,
      @Nullable String sha256,
      @Nullable String url,
      @Nullable Instant expiresAt,
      @Nullable String problem) {}
}
