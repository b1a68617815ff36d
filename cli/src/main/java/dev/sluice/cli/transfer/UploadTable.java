package dev.sluice.cli.transfer;

import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Output;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.upload.UploadResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The end of an upload as people read it: counts by result, reasons, and what it took. */
final class UploadTable {

  /** More reasons than this help nobody; the JSON has them all. */
  private static final int MOST_REASONS = 50;

  private record Row(String result, long files, long bytes, long sent) {

    static Row of(UploadResult result, UploadSummary summary) {
      String name = Texts.of(result);
      List<UploadSummary.Item> files =
          summary.files().stream().filter(file -> file.result().equals(name)).toList();
      return of(name, files);
    }

    static Row of(String name, List<UploadSummary.Item> files) {
      return new Row(
          name,
          files.size(),
          files.stream().mapToLong(UploadSummary.Item::size).sum(),
          files.stream().mapToLong(UploadSummary.Item::bytesSent).sum());
    }
  }

  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.of("RESULT", Row::result),
          Column.number("FILES", row -> Texts.count(row.files())),
          Column.number("SIZE", row -> Texts.bytes(row.bytes())),
          Column.number("SENT", row -> Texts.bytes(row.sent())));

  private UploadTable() {}

  static String of(UploadSummary summary) {
    Stream<Row> byResult =
        Arrays.stream(UploadResult.values())
            .map(result -> Row.of(result, summary))
            .filter(row -> row.files() > 0);
    List<Row> rows = Stream.concat(byResult, Stream.of(Row.of("total", summary.files()))).toList();
    return Output.table(rows, COLUMNS) + reasons(summary) + took(summary);
  }

  private static String reasons(UploadSummary summary) {
    List<String> all =
        Stream.concat(
                summary.leftOut().stream()
                    .map(left -> line("left out", left.file().path(), left.reason())),
                summary.files().stream()
                    .filter(file -> file.reason() != null)
                    .map(file -> line(file.result(), file.path(), file.reason())))
            .toList();
    StringBuilder text = new StringBuilder();
    all.stream().limit(MOST_REASONS).forEach(text::append);
    if (all.size() > MOST_REASONS) {
      text.append("… and ").append(all.size() - MOST_REASONS).append(" more (-o json)\n");
    }
    return text.toString();
  }

  private static String line(String result, String path, @Nullable String reason) {
    return result + "   " + path + ": " + reason + "\n";
  }

  private static String took(UploadSummary summary) {
    return "%s@%s (%s): sent %s in %s (%s), verified %s later%n"
        .formatted(
            summary.dataset(),
            summary.version(),
            summary.state(),
            Texts.bytes(summary.bytesSent()),
            time(summary.sendSeconds()),
            Texts.rate(summary.bytesSent(), summary.sendSeconds()),
            time(summary.verifySeconds()));
  }

  private static String time(double seconds) {
    return Texts.seconds(Duration.ofMillis((long) (seconds * 1000)));
  }
}
