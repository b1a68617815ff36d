package dev.sluice.processing.output;

/** The attempt's output is not what it should be; looking again will not change that. */
public final class OutputInvalid extends RuntimeException {
  OutputInvalid(String why) {
    super(why, null, false, false);
  }
}
