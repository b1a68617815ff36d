package dev.sluice.cli.transfer;

import dev.sluice.cli.output.Output;
import dev.sluice.cli.output.Progress;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.upload.LocalFile;
import dev.sluice.client.upload.UploadListener;
import dev.sluice.client.upload.UploadOutcome;
import dev.sluice.client.upload.UploadResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Shows an upload as one bar over all its files: bytes, files, rate and time left. */
public final class UploadProgressBar implements UploadListener, AutoCloseable {

  /** More lines than this would bury the bar; the table at the end has them all. */
  private static final int MOST_NOTES = 20;

  private static final double NANOS = 1e9;

  private final Progress progress;
  private final long files;
  private final long bytes;
  private final long begin = System.nanoTime();
  private final AtomicLong stored = new AtomicLong();
  private final Set<String> handed = ConcurrentHashMap.newKeySet();
  private final AtomicLong notes = new AtomicLong();

  /** Begins a bar for that many files and bytes. */
  public UploadProgressBar(Output output, long files, long bytes) {
    this.progress = new Progress(output, "upload");
    this.files = files;
    this.bytes = bytes;
  }

  @Override
  public void stored(LocalFile file, long more) {
    stored.addAndGet(more);
    show();
  }

  @Override
  public void verifying(LocalFile file) {
    handed.add(file.path());
    show();
  }

  @Override
  public void verifying(long left) {
    progress.at(bytes, bytes, "all sent; " + Texts.count(left) + " files are being read back");
  }

  @Override
  public void finished(UploadOutcome outcome) {
    handed.add(outcome.file().path());
    boolean odd =
        outcome.result() == UploadResult.IGNORED || outcome.result() == UploadResult.FAILED;
    if (odd && notes.incrementAndGet() <= MOST_NOTES) {
      progress.note(
          outcome.file().path() + ": " + Texts.of(outcome.result()) + ": " + outcome.reason());
    }
  }

  private void show() {
    long done = stored.get();
    progress.at(done, bytes, () -> words(done));
  }

  private String words(long done) {
    double seconds = (System.nanoTime() - begin) / NANOS;
    String words =
        Texts.bytes(done)
            + " of "
            + Texts.bytes(bytes)
            + ", "
            + Texts.count(Math.min(handed.size(), files))
            + " of "
            + Texts.count(files)
            + " files, "
            + Texts.rate(done, seconds);
    if (done == 0 || done >= bytes) {
      return words;
    }
    long left = (long) (seconds * (bytes - done) / done);
    return words + ", " + Texts.seconds(Duration.ofSeconds(left)) + " left";
  }

  @Override
  public void close() {
    progress.close();
  }
}
