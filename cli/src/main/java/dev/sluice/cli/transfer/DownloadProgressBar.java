package dev.sluice.cli.transfer;

import dev.sluice.cli.output.Output;
import dev.sluice.cli.output.Progress;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.download.DownloadListener;
import dev.sluice.client.download.DownloadOutcome;
import dev.sluice.client.download.DownloadResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Shows a download as one bar over all its files: bytes, files, rate and time left. */
final class DownloadProgressBar implements DownloadListener, AutoCloseable {

  /** More lines than this would bury the bar; the table at the end has them all. */
  private static final int MOST_NOTES = 20;

  private static final double NANOS = 1e9;

  /** What is known of the whole. */
  private record Plan(long files, long bytes, boolean complete) {}

  private final Progress progress;
  private final long begin = System.nanoTime();
  private final AtomicLong here = new AtomicLong();
  private final AtomicLong came = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong notes = new AtomicLong();
  private volatile Plan plan = new Plan(0, 0, false);

  DownloadProgressBar(Output output) {
    this.progress = new Progress(output, "download");
  }

  @Override
  public void planned(long allFiles, long allBytes, boolean complete) {
    plan = new Plan(allFiles, allBytes, complete);
  }

  @Override
  public void had(String path, long bytes) {
    here.addAndGet(bytes);
    show();
  }

  @Override
  public void received(String path, long bytes) {
    here.addAndGet(bytes);
    came.addAndGet(bytes);
    show();
  }

  @Override
  public void finished(DownloadOutcome outcome) {
    files.incrementAndGet();
    show();
    if (outcome.result() == DownloadResult.FAILED && notes.incrementAndGet() <= MOST_NOTES) {
      progress.note(outcome.path() + ": failed: " + outcome.reason());
    }
  }

  private void show() {
    Plan now = plan;
    long done = here.get();
    progress.at(done, now.complete() ? now.bytes() : 0, () -> words(now, done));
  }

  private String words(Plan now, long done) {
    double seconds = (System.nanoTime() - begin) / NANOS;
    String all = now.complete() ? "" : " and more";
    String words =
        "%s of %s%s, %s of %s%s files, %s"
            .formatted(
                Texts.bytes(done),
                Texts.bytes(now.bytes()),
                all,
                Texts.count(files.get()),
                Texts.count(now.files()),
                all,
                Texts.rate(came.get(), seconds));
    if (!now.complete() || came.get() <= 0 || done >= now.bytes()) {
      return words;
    }
    long left = (long) (seconds * (now.bytes() - done) / came.get());
    return words + ", " + Texts.seconds(Duration.ofSeconds(left)) + " left";
  }

  @Override
  public void close() {
    progress.close();
  }
}
