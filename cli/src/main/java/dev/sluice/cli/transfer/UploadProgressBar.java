package dev.sluice.cli.transfer;

import dev.sluice.cli.output.Output;
import dev.sluice.cli.output.Progress;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.upload.LocalFile;
import dev.sluice.client.upload.UploadListener;
import dev.sluice.client.upload.UploadOutcome;
import dev.sluice.client.upload.UploadResult;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Shows an upload as one bar over all its files. */
public final class UploadProgressBar implements UploadListener, AutoCloseable {

  private final Progress progress;
  private final long files;
  private final long bytes;
  private final AtomicLong stored = new AtomicLong();
  private final AtomicInteger finished = new AtomicInteger();

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
  public void finished(UploadOutcome outcome) {
    finished.incrementAndGet();
    if (outcome.result() == UploadResult.IGNORED || outcome.result() == UploadResult.FAILED) {
      progress.note(
          outcome.file().path() + ": " + Texts.of(outcome.result()) + ": " + outcome.reason());
    }
    show();
  }

  private void show() {
    String words =
        Texts.bytes(stored.get())
            + " of "
            + Texts.bytes(bytes)
            + ", "
            + finished.get()
            + " of "
            + files
            + " files";
    progress.at(stored.get(), bytes, words);
  }

  @Override
  public void close() {
    progress.close();
  }
}
