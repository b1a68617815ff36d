package dev.sluice.cli.transfer;

import dev.sluice.cli.output.Texts;
import dev.sluice.client.download.DownloadOutcome;
import dev.sluice.client.download.DownloadReport;
import dev.sluice.client.download.DownloadResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code download} prints as JSON.
 *
 * @param results those that occurred
 * @param bytesReceived that came now
 * @param problems files that are not here
 */
record DownloadSummary(
    String dataset,
    String version,
    String target,
    long files,
    long bytes,
    long bytesReceived,
    double seconds,
    List<Result> results,
    List<DownloadOutcome> problems) {

  private static final double MILLIS = 1000.0;

  /** The files with one result. */
  record Result(String result, long files, long bytes, long bytesReceived) {}

  static DownloadSummary of(String dataset, DownloadReport report, Path target) {
    DownloadReport.Sum total = report.total();
    return new DownloadSummary(
        dataset,
        report.version(),
        target.toString(),
        total.files(),
        total.bytes(),
        total.received(),
        report.duration().toMillis() / MILLIS,
        Arrays.stream(DownloadResult.values())
            .filter(result -> report.of(result).files() > 0)
            .map(result -> result(result, report.of(result)))
            .toList(),
        report.problems());
  }

  private static Result result(DownloadResult result, DownloadReport.Sum sum) {
    return new Result(Texts.of(result), sum.files(), sum.bytes(), sum.received());
  }
}
