package dev.sluice.manifest;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is below a node, in figures.
 *
 * @param rows of the files whose rows are known
 * @param counted files whose rows are known
 * @param mediaTypes files and bytes of each
 * @param sample some of the contents, from which the duplicates are estimated
 */
public record Summary(
    long files,
    long bytes,
    long rows,
    long counted,
    SortedMap<String, Count> mediaTypes,
    Sample sample) {

  /** Files and their bytes. */
  public record Count(long files, long bytes) {
    Count plus(Count other) {
      return new Count(files + other.files, bytes + other.bytes);
    }
  }

  static Summary of(List<Entry> entries) {
    Sums sums = new Sums();
    entries.forEach(sums::file);
    return sums.done();
  }

  static Summary ofChildren(List<Child> children) {
    Sums sums = new Sums();
    for (Child child : children) {
      Summary below = child.summary();
      sums.files += below.files;
      sums.bytes += below.bytes;
      sums.rows += below.rows;
      sums.counted += below.counted;
      below.mediaTypes.forEach((type, count) -> sums.mediaTypes.merge(type, count, Count::plus));
    }
    return sums.with(Sample.ofChildren(children));
  }

  /** Sums while they grow. */
  static final class Sums {
    long files;
    long bytes;
    long rows;
    long counted;
    final Map<String, Count> mediaTypes = new TreeMap<>();
    private final Sample.Draw draw = new Sample.Draw();
    private String type = "";
    private long typeFiles;
    private long typeBytes;

    void file(Entry entry) {
      file(entry.mediaType(), entry.size(), entry.rows(), entry.sha256().head());
    }

    /**
     * Counts a file.
     *
     * @param head first eight bytes of its SHA-256
     */
    void file(String mediaType, long size, long ofRows, long head) {
      if (!mediaType.equals(type)) {
        endType();
        type = mediaType;
      }
      typeFiles++;
      typeBytes += size;
      if (ofRows != Entry.UNKNOWN) {
        rows += ofRows;
        counted++;
      }
      draw.take(head);
    }

    private void endType() {
      if (typeFiles > 0) {
        mediaTypes.merge(type, new Count(typeFiles, typeBytes), Count::plus);
        files += typeFiles;
        bytes += typeBytes;
        typeFiles = 0;
        typeBytes = 0;
      }
    }

    /** The sums of the files that were counted one by one. */
    Summary done() {
      endType();
      return with(draw.sample());
    }

    Summary with(Sample sample) {
      return new Summary(files, bytes, rows, counted, new TreeMap<>(mediaTypes), sample);
    }
  }
}
