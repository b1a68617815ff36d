package dev.sluice.cli.transfer;

import dev.sluice.cli.output.Texts;
import dev.sluice.client.Version;
import dev.sluice.client.upload.LocalFiles;
import dev.sluice.client.upload.UploadOutcome;
import dev.sluice.client.upload.UploadReport;
import dev.sluice.client.upload.UploadResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code upload} prints as JSON.
 *
 * @param bytes of the files that are in the version now
 * @param bytesSent that went to the object store now
 * @param seconds of everything
 * @param sendSeconds until the store had every byte
 * @param verifySeconds that the service went on reading back
 */
record UploadSummary(
    String dataset,
    String version,
    String state,
    int uploaded,
    int resumed,
    int skipped,
    int deduplicated,
    int ignored,
    int failed,
    long bytes,
    long bytesSent,
    double seconds,
    double sendSeconds,
    double verifySeconds,
    List<Item> files,
    List<UploadOutcome> leftOut) {

  private static final double MILLIS = 1000.0;

  /** One file of the JSON. */
  record Item(
      String path,
      String result,
      long size,
      long bytesSent,
      String sha256,
      @Nullable String reason) {

    static Item of(UploadOutcome outcome) {
      return new Item(
          outcome.file().path(),
          Texts.of(outcome.result()),
          outcome.size(),
          outcome.bytesSent(),
          outcome.sha256(),
          outcome.reason());
    }
  }

  static UploadSummary of(Version version, LocalFiles files, UploadReport report, Duration time) {
    return new UploadSummary(
        String.valueOf(version.dataset()),
        version.version(),
        Texts.of(version.state()),
        count(report, UploadResult.UPLOADED),
        count(report, UploadResult.RESUMED),
        count(report, UploadResult.SKIPPED),
        count(report, UploadResult.DEDUPLICATED),
        count(report, UploadResult.IGNORED),
        count(report, UploadResult.FAILED),
        report.bytes(),
        report.bytesSent(),
        time.toMillis() / MILLIS,
        report.sending().toMillis() / MILLIS,
        report.verification().toMillis() / MILLIS,
        report.outcomes().stream().map(Item::of).toList(),
        files.leftOut());
  }

  private static int count(UploadReport report, UploadResult result) {
    return report.with(result).size();
  }
}
