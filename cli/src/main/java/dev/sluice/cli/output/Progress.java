package dev.sluice.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * How far a long step is. On a terminal a bar in one line, a few times a second; elsewhere a plain
 * line now and then. May be called from several threads.
 */
public final class Progress implements AutoCloseable {

  private static final int WIDTH = 28;
  private static final Duration ON_TERMINAL = Duration.ofMillis(100);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);

  private final Output output;
  private final String title;
  private Instant next;
  private boolean drawn;

  /** Begins; nothing is shown before the first step. */
  public Progress(Output output, String title) {
    this.output = output;
    this.title = title;
    this.next = output.terminal() ? Instant.EPOCH : Instant.now().plus(ELSEWHERE);
  }

  /**
   * Shows a state.
   *
   * @param total 0 when it is not known
   */
  public void at(long done, long total, String words) {
    at(done, total, () -> words);
  }

  /** Like {@link #at(long, long, String)}; the words are only made when they are shown. */
  public synchronized void at(long done, long total, Supplier<String> words) {
    Instant now = Instant.now();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(output.terminal() ? ON_TERMINAL : ELSEWHERE);
    draw(line(done, total, words.get()));
  }

  /** Shows a state that is worth a line at any rate. */
  public synchronized void note(String words) {
    clear();
    output.say(title + "  " + words);
  }

  @Override
  public synchronized void close() {
    clear();
  }

  private void draw(String line) {
    if (output.terminal()) {
      output.beside("\r\u001b[2K" + line);
      drawn = true;
    } else {
      output.say(line);
    }
  }

  private void clear() {
    if (drawn) {
      output.beside("\r\u001b[2K");
      drawn = false;
    }
  }

  private String line(long done, long total, String words) {
    if (total <= 0) {
      return title + "  " + words;
    }
    long percent = Math.min(100, done * 100 / total);
    return title + "  " + bar(percent) + String.format(" %3d %%  ", percent) + words;
  }

  private String bar(long percent) {
    if (!output.terminal()) {
      return "";
    }
    int full = (int) (percent * WIDTH / 100);
    return "█".repeat(full) + "░".repeat(WIDTH - full);
  }
}
