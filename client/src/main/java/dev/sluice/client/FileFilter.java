package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/**
 * Which files of a version a list shows; null asks for all.
 *
 * @param prefix only paths that start with it
 * @param glob only paths that match: {@code *}, {@code **} and {@code ?}
 * @param mediaType a type or {@code image/*}
 */
public record FileFilter(
    @Nullable String prefix, @Nullable String glob, @Nullable String mediaType) {

  /** Every file of the version. */
  public static final FileFilter ALL = new FileFilter(null, null, null);
}
