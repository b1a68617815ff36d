package dev.sluice.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A name that points at a version: an alias or a tag.
 *
 * @param revision counts its moves; null for {@code latest}, which nobody moves
 */
public record Alias(
    String name,
    @Nullable String kind,
    @Nullable String dataset,
    String version,
    @Nullable Integer revision,
    @Nullable String movedBy,
    @Nullable Instant movedAt) {

  /**
   * One move.
   *
   * @param from null when the name was new
   * @param to null when it was taken away
   */
  public record Move(
      long id,
      @Nullable String from,
      @Nullable String to,
      @Nullable String movedBy,
      @Nullable Instant movedAt,
      @Nullable String reason) {}
}
