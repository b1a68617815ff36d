package dev.sluice.manifest;

/**
 * A node as its parent knows it.
 *
 * @param last the greatest path below
 */
record Child(PathKey last, Digest digest, Summary summary) implements Keyed {
  @Override
  public PathKey key() {
    return last;
  }

  static Child of(Node node) {
    return new Child(node.last(), node.digest(), node.summary());
  }
}
