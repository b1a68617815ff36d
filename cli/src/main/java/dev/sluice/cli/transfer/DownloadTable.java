package dev.sluice.cli.transfer;

import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Output;
import dev.sluice.cli.output.Texts;
import dev.sluice.cli.transfer.DownloadSummary.Result;
import dev.sluice.client.download.DownloadOutcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The end of a download as people read it: counts by result, reasons, and what it took. */
final class DownloadTable {

  /** More reasons than this help nobody; the JSON has them all. */
  private static final int MOST_REASONS = 50;

  private static final List<Column<Result>> COLUMNS =
      List.of(
          Column.of("RESULT", Result::result),
          Column.number("FILES", row -> Texts.count(row.files())),
          Column.number("SIZE", row -> Texts.bytes(row.bytes())),
          Column.number("RECEIVED", row -> Texts.bytes(row.bytesReceived())));

  private DownloadTable() {}

  static String of(DownloadSummary summary) {
    Result total = new Result("total", summary.files(), summary.bytes(), summary.bytesReceived());
    List<Result> rows = Stream.concat(summary.results().stream(), Stream.of(total)).toList();
    return Output.table(rows, COLUMNS) + reasons(summary.problems()) + took(summary);
  }

  private static String reasons(List<DownloadOutcome> problems) {
    StringBuilder text = new StringBuilder();
    problems.stream()
        .limit(MOST_REASONS)
        .map(each -> "%s   %s: %s%n".formatted(Texts.of(each.result()), each.path(), each.reason()))
        .forEach(text::append);
    if (problems.size() > MOST_REASONS) {
      text.append("… and ").append(problems.size() - MOST_REASONS).append(" more (-o json)\n");
    }
    return text.toString();
  }

  private static String took(DownloadSummary summary) {
    return "%s@%s into %s: received %s in %s (%s)%n"
        .formatted(
            summary.dataset(),
            summary.version(),
            summary.target(),
            Texts.bytes(summary.bytesReceived()),
            Texts.seconds(Duration.ofMillis((long) (summary.seconds() * 1000))),
            Texts.rate(summary.bytesReceived(), summary.seconds()));
  }
}
