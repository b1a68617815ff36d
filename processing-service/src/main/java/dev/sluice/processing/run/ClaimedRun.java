package dev.sluice.processing.run;

/**
 * A run with the right to act on it.
 *
 * @param releasePending the run ended without output and its draft still has to be given back
 */
public record ClaimedRun(Claim claim, Run run, boolean releasePending) {}
