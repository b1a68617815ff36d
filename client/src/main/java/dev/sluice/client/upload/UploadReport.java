package dev.sluice.client.upload;

import java.time.Duration;
import java.util.List;

/**
 * What became of all files, in the order of their paths.
 *
 * @param sending until the store had every byte
 * @param verification how long the service went on reading back after that
 */
public record UploadReport(List<UploadOutcome> outcomes, Duration sending, Duration verification) {

  public UploadReport {
    outcomes = List.copyOf(outcomes);
  }

  /** The files with the given result. */
  public List<UploadOutcome> with(UploadResult result) {
    return outcomes.stream().filter(outcome -> outcome.result() == result).toList();
  }

  /** The files that are in the version now. */
  public List<UploadOutcome> present() {
    return outcomes.stream().filter(UploadOutcome::present).toList();
  }

  /** Bytes of the files that are in the version now. */
  public long bytes() {
    return present().stream().mapToLong(UploadOutcome::size).sum();
  }

  /** Parts sent by this upload. */
  public int partsSent() {
    return outcomes.stream().mapToInt(UploadOutcome::partsSent).sum();
  }

  /** Bytes of the parts sent by this upload. */
  public long bytesSent() {
    return outcomes.stream().mapToLong(UploadOutcome::bytesSent).sum();
  }
}
