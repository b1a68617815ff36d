package dev.sluice.vectorsink.source;

/**
 * A place between two rows of a version.
 *
 * @param file index in the version's Parquet files, sorted by path
 * @param row of that file that comes next
 */
public record VersionPosition(int file, long row) {
  /** Before the first row. */
  public static final VersionPosition START = new VersionPosition(0, 0);

  public VersionPosition {
    if (file < 0 || row < 0) {
      throw new IllegalArgumentException("no such position: file " + file + ", row " + row);
    }
  }

  VersionPosition nextFile() {
    return new VersionPosition(file + 1, 0);
  }

  VersionPosition nextRow() {
    return new VersionPosition(file, row + 1);
  }
}
