package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** Which datasets a list shows; null asks for all. */
public record DatasetFilter(
    @Nullable String scenario, @Nullable DataType dataType, @Nullable String text) {

  /** Every dataset of the project. */
  public static final DatasetFilter ALL = new DatasetFilter(null, null, null);
}
