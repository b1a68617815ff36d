package dev.sluice.vectorsink.index;

/** What may change of a point while its vector stays: where its text comes from, who holds it. */
public record Amendment(String path, String sourceSha256, Membership versions) {

  /** The same source, held by other versions. */
  public Amendment heldBy(Membership changed) {
    return new Amendment(path, sourceSha256, changed);
  }
}
