package dev.sluice.cli.output;

/** How results are printed; the names are what is typed. */
public enum Format {
  /** For programs. */
  json,
  /** For people. */
  table
}
