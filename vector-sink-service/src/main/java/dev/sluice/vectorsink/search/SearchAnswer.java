package dev.sluice.vectorsink.search;

import java.util.List;

/**
 * The pieces of text nearest to a question, best first.
 *
 * @param version that was searched
 * @param tookMs milliseconds, with the embedding of the question
 */
record SearchAnswer(List<SearchHit> hits, String version, String model, double tookMs) {
  SearchAnswer {
    hits = List.copyOf(hits);
  }
}
