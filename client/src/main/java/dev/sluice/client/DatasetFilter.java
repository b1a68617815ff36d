package dev.sluice.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which datasets a list shows, and in which order; null asks for all, by name.
 *
 * @param text words, {@code "a phrase"}, {@code or}, {@code -not}
 * @param sort name, created, changed or displayName; with {@code -} before it the other way round
 */
public record DatasetFilter(
    @Nullable String scenario,
    @Nullable DataType dataType,
    List<String> tags,
    @Nullable String creator,
    @Nullable String licence,
    @Nullable String text,
    @Nullable String sort) {

  /** Every dataset of the project. */
  public static final DatasetFilter ALL =
      new DatasetFilter(null, null, List.of(), null, null, null, null);

  public DatasetFilter {
    tags = Lists.orEmpty(tags);
  }
}
