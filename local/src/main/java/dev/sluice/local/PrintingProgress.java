package dev.sluice.local;

import java.time.Duration;
import java.util.Locale;

/** One line per event on standard error. */
final class PrintingProgress implements Progress {
  private static final double MILLIS = 1_000.0;

  @Override
  public void starting(String part) {
    print("  … " + part);
  }

  @Override
  public void ready(String part, String address, Duration took) {
    print(
        String.format(
            Locale.ROOT, "  ✓ %-20s %-28s %5.1f s", part, address, took.toMillis() / MILLIS));
  }

  @Override
  public void failed(String part, String reason) {
    print("  ✗ %s: %s".formatted(part, reason));
  }

  @Override
  public void note(String line) {
    print("  " + line);
  }

  private static synchronized void print(String line) {
    System.err.println(line);
  }
}
