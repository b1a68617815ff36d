package dev.sluice.catalog.holding;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a project holds of the contents that were asked for.
 *
 * @param objects one for each content that is held
 * @param sizes of contents without a digest that some object of the project has
 * @param usedBytes of all objects; 0 when there is no quota
 * @param quotaBytes null for no limit
 * @param blocked those of the contents that were erased and must not come back
 * @param draft null when nobody asked for it
 */
record HoldingsView(
    List<Held> objects,
    List<Long> sizes,
    long usedBytes,
    @Nullable Long quotaBytes,
    List<Blocked> blocked,
    @Nullable DraftFiles draft) {
  /** The same answer, with what must not come back. */
  HoldingsView blocking(List<Blocked> some) {
    return new HoldingsView(objects, sizes, usedBytes, quotaBytes, some, draft);
  }

  /**
   * A content that was erased for good.
   *
   * @param reason of whoever erased it
   */
  record Blocked(String sha256, String reason) {}

  /**
   * What a draft has under the paths that were asked for.
   *
   * @param editedAt when people last edited it; null for never
   * @param files those of the paths that are there, and those that are known to be taken out
   */
  record DraftFiles(@Nullable Instant editedAt, List<DraftFile> files) {}

  /**
   * A path of the draft.
   *
   * @param sha256 of the file there; null where it was taken out
   */
  record DraftFile(String path, @Nullable String sha256) {}

  /**
   * An object that a file may point at.
   *
   * @param mediaType by its content
   * @param crc32c 8 lower-case hex digits; null when it is not known
   */
  record Held(
      String sha256, long size, String objectKey, String mediaType, @Nullable String crc32c) {}
}
