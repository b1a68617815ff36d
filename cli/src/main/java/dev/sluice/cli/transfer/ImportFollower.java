package dev.sluice.cli.transfer;

import dev.sluice.cli.output.Output;
import dev.sluice.cli.output.Progress;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.Import;
import dev.sluice.client.ImportClient;
import dev.sluice.client.ImportState;
import dev.sluice.client.Pause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Watches an import until it has ended, showing how far it is. */
final class ImportFollower {

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final ImportClient imports;
  private final Output output;

  ImportFollower(ImportClient imports, Output output) {
    this.imports = imports;
    this.output = output;
  }

  /** The import at its end, whatever that is. */
  Import follow(Import started) {
    try (Progress progress = new Progress(output, "import " + Texts.shorten(started.id(), 9))) {
      @Nullable ImportState before = null;
      Import now = started;
      while (true) {
        if (now.state() != before) {
          progress.note(Texts.of(now.state()));
          before = now.state();
        }
        if (now.state().ended()) {
          return now;
        }
        progress.at(now.bytesDone(), now.bytesTotal(), words(now));
        Pause.of(BETWEEN);
        now = imports.get(now.id());
      }
    }
  }

  private static String words(Import now) {
    long wanted = now.filesTotal() - now.filesUnchanged() - now.filesIgnored();
    return "%d of %d files, %d of %d bytes"
        .formatted(now.filesDone(), wanted, now.bytesDone(), now.bytesTotal());
  }
}
