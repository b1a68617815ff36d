package dev.sluice.client.download;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What became of all files.
 *
 * @param version its number, whatever name it was asked for by
 * @param sums by result; those without a file are missing
 * @param problems the files that are not here, by path
 */
public record DownloadReport(
    String version,
    Map<DownloadResult, Sum> sums,
    List<DownloadOutcome> problems,
    Duration duration) {

  /** Files, their sizes, and what of it came now. */
  public record Sum(long files, long bytes, long received) {
    static final Sum NONE = new Sum(0, 0, 0);

    Sum plus(long otherFiles, long otherBytes, long otherReceived) {
      return new Sum(files + otherFiles, bytes + otherBytes, received + otherReceived);
    }
  }

  public DownloadReport {
    sums = Map.copyOf(sums);
    problems = List.copyOf(problems);
  }

  /** The files with that result. */
  public Sum of(DownloadResult result) {
    return sums.getOrDefault(result, Sum.NONE);
  }

  /** All files. */
  public Sum total() {
    Sum total = Sum.NONE;
    for (Sum each : sums.values()) {
      total = total.plus(each.files(), each.bytes(), each.received());
    }
    return total;
  }
}
