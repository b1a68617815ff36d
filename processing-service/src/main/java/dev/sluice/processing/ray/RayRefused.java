package dev.sluice.processing.ray;

/** Ray understood the job and will never take it. */
public final class RayRefused extends RuntimeException {
  public RayRefused(String why) {
    super(why, null, false, false);
  }
}
