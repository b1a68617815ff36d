package dev.sluice.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nearest pieces of text, best first. */
public record SearchAnswer(List<SearchHit> hits, @Nullable String model, double tookMs) {

  public SearchAnswer {
    hits = Lists.orEmpty(hits);
  }
}
