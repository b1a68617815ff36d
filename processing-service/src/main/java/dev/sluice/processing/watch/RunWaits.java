package dev.sluice.processing.watch;

/** Nothing can be done for a run at the moment, and nothing is wrong. */
final class RunWaits extends RuntimeException {
  RunWaits(String what) {
    super(what, null, false, false);
  }
}
