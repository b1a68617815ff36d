package dev.sluice.bench;

/** Takes figures, and words for the person who waits. */
public interface FigureSink {
  /** A figure is known. */
  void figure(Figure figure);

  /** One line about what goes on. */
  void say(String line);
}
