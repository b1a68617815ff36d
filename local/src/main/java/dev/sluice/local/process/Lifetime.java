package dev.sluice.local.process;

/** How long a part's process lives. */
public enum Lifetime {
  /** Until it is stopped, whatever becomes of the process that started it. */
  DETACHED,
  /** At most as long as the process that started it, however that ends: for tests. */
  LEASHED
}
