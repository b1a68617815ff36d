package dev.sluice.manifest;

/** What one path is in two versions. */
public sealed interface Difference {
  PathKey path();

  /** Only the newer has it. */
  record Added(Entry entry) implements Difference {
    @Override
    public PathKey path() {
      return entry.path();
    }
  }

  /** Only the older has it. */
  record Removed(PathKey path, Content was) implements Difference {}

  /** Both have it, with other bytes or another type. */
  record Changed(Entry entry, Content was) implements Difference {
    @Override
    public PathKey path() {
      return entry.path();
    }
  }
}
