package dev.sluice.processing.delivery;

/** Ends a try as a kill does: nothing of it catches this. */
final class Death extends Error {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("DoNotCallSuggester") // is called by name
  static void now() {
    throw new Death();
  }
}
