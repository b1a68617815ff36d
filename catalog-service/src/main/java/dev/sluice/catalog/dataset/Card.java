package dev.sluice.catalog.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.dataset.DatasetProblem.CardTooLarge;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;

/**
 * What people write about a dataset at length.
 *
 * @param markdown empty until somebody writes it
 * @param revision counts its changes
 */
record Card(String markdown, int revision) {
  private static final int MOST_BYTES = 256 << 10;

  /** The next text; 413 above 256 KiB. */
  Card changed(String text) {
    int bytes = text.getBytes(UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new CardTooLarge(bytes, MOST_BYTES).exception();
    }
    if (text.indexOf('\0') >= 0) {
      throw InvalidRequest.of("body", "a text with NUL", "Markdown without NUL").exception();
    }
    return new Card(text, revision + 1);
  }

  String etag() {
    return EntityTags.of(revision);
  }
}
