package dev.sluice.local;

import java.time.Duration;

/** Is told what the stack does, possibly by several threads at once. */
public interface Progress {
  /** A part begins to start. */
  void starting(String part);

  /** A part answers now. */
  void ready(String part, String address, Duration took);

  /** A part could not be started. */
  void failed(String part, String reason);

  /** Something else worth a line. */
  void note(String line);

  /** Tells nothing to anybody. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void starting(String part) {}

      @Override
      public void ready(String part, String address, Duration took) {}

      @Override
      public void failed(String part, String reason) {}

      @Override
      public void note(String line) {}
    };
  }

  /** One line per event on standard error. */
  static Progress printing() {
    return new PrintingProgress();
  }
}
