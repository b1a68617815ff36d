package dev.sluice.catalog.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which datasets of a project are wanted; null does not filter.
 *
 * @param scenario the application scenario, exactly
 * @param tags all of which a dataset must have
 * @param creator who made it
 * @param licence the SPDX identifier, exactly
 * @param text words in name, display name, tags, description or card, as a search engine takes them
 */
record DatasetFilter(
    @Nullable String scenario,
    @Nullable DataType dataType,
    List<String> tags,
    @Nullable String creator,
    @Nullable String licence,
    @Nullable String text) {
  private static final int SHORT = 16;

  DatasetFilter {
    tags = tags.stream().sorted().toList();
  }

  /** Tells this filter from others. */
  String digest() {
    try {
      byte[] all = MessageDigest.getInstance("SHA-256").digest(toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(all).substring(0, SHORT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
