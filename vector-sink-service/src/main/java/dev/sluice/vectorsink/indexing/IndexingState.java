package dev.sluice.vectorsink.indexing;

import dev.sluice.vectorsink.source.VersionPosition;
import java.time.Instant;

/** Where a version is on its way into the index; transitions live on the state that allows them. */
public sealed interface IndexingState {

  /** The word that the table and callers use. */
  default String text() {
    return switch (this) {
      case Pending s -> "pending";
      case Running s -> "indexing";
      case Indexed s -> "indexed";
      case Failed s -> "failed";
    };
  }

  /** Asked for, not begun. */
  record Pending() implements IndexingState {
    public Running started() {
      return new Running(VersionPosition.START);
    }
  }

  /**
   * Rows are on their way.
   *
   * @param next the first row whose point is not acknowledged
   */
  record Running(VersionPosition next) implements IndexingState {
    public Running advanced(VersionPosition position) {
      return new Running(position);
    }

    /** From the first row again, because points are missing. */
    public Running rewound() {
      return new Running(VersionPosition.START);
    }

    public Indexed indexed(Instant at) {
      return new Indexed(at);
    }

    public Failed failed(String reason) {
      return new Failed(reason);
    }
  }

  /** Every row has its point, counted exactly, and the collection was green. */
  record Indexed(Instant at) implements IndexingState {}

  /** Given up until somebody asks again. */
  record Failed(String reason) implements IndexingState {}
}
