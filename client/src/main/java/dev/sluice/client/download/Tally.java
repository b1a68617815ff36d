package dev.sluice.client.download;

import dev.sluice.client.download.DownloadReport.Sum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts outcomes, and keeps those that are problems. */
final class Tally {
  private final Map<DownloadResult, Sum> sums = new EnumMap<>(DownloadResult.class);
  private final List<DownloadOutcome> problems = new ArrayList<>();

  synchronized void add(DownloadOutcome outcome) {
    Sum before = sums.getOrDefault(outcome.result(), Sum.NONE);
    sums.put(outcome.result(), before.plus(1, outcome.size(), outcome.bytesReceived()));
    switch (outcome.result()) {
      case ERASED, FAILED -> problems.add(outcome);
      case DOWNLOADED, RESUMED, PRESENT, PLANNED -> {}
    }
  }

  synchronized DownloadReport report(String version, Duration duration) {
    problems.sort(Comparator.comparing(DownloadOutcome::path));
    return new DownloadReport(version, sums, problems, duration);
  }
}
