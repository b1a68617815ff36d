package dev.sluice.catalog.holding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a project holds of the contents that were asked for.
 *
 * @param objects one for each content that is held
 * @param sizes of contents without a digest that some object of the project has
 * @param usedBytes of all objects; 0 when there is no quota
 * @param quotaBytes null for no limit
 */
record HoldingsView(
    List<Held> objects, List<Long> sizes, long usedBytes, @Nullable Long quotaBytes) {
  /**
   * An object that a file may point at.
   *
   * @param mediaType by its content
   */
  record Held(String sha256, long size, String objectKey, String mediaType) {}
}
