package dev.sluice.processing.ray;

/** Ray does not answer, or not as Ray does; the same call may succeed later. */
public final class RayAway extends RuntimeException {
  public RayAway(String why) {
    super(why, null, false, false);
  }
}
