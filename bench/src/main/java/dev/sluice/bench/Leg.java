package dev.sluice.bench;

/** A set of figures that are measured together, on servers of their own. */
public interface Leg {
  /** The word on the command line. */
  String name();

  /** Measures and hands over each figure as soon as it is known. */
  void run(Settings settings, FigureSink sink) throws Exception;
}
