package dev.sluice.vectorsink.embedding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Groups texts of like length, so that little of a model run is padding. */
final class RunPlan {
  private RunPlan() {}

  /**
   * Runs in order of length, longest first, so that the first run shows the memory needed.
   *
   * @param tokensPerRun upper bound for texts × longest text of a run; a single longer text still
   *     gets a run of its own
   */
  static List<List<Tokens>> of(List<Tokens> texts, int tokensPerRun) {
    List<Tokens> sorted = new ArrayList<>(texts);
    sorted.sort(Comparator.comparingInt(Tokens::length).reversed());
    List<List<Tokens>> runs = new ArrayList<>();
    int start = 0;
    while (start < sorted.size()) {
      int fitting = Math.max(1, tokensPerRun / Math.max(1, sorted.get(start).length()));
      int end = Math.min(sorted.size(), start + fitting);
      runs.add(List.copyOf(sorted.subList(start, end)));
      start = end;
    }
    return runs;
  }
}
