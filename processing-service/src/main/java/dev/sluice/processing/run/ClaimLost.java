package dev.sluice.processing.run;

/** Another replica acts on the run by now; whatever was found out must not be written. */
public final class ClaimLost extends RuntimeException {
  ClaimLost(Claim claim) {
    super("claim on run " + claim.run() + " is lost", null, false, false);
  }
}
