package dev.sluice.vectorsink.indexing;

/** The work is not wanted any more, or another replica does it; it stops without a word. */
final class SupersededException extends RuntimeException {
  SupersededException() {
    super("the work was superseded", null, false, false);
  }

  /** For statements that change one row, or none when the work was superseded. */
  static void unlessOne(int changedRows) {
    if (changedRows != 1) {
      throw new SupersededException();
    }
  }
}
