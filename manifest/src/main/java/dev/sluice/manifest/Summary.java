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
    static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
      return new Count(files + other.files, bytes + other.bytes);
    }
  }

  static Summary of(List<Entry> entries) {
    Sums sums = new Sums();
    String type = "";
    Count run = Count.NONE;
    for (Entry entry : entries) {
      if (!entry.mediaType().equals(type)) {
        sums.add(type, run);
        type = entry.mediaType();
        run = Count.NONE;
      }
      run = new Count(run.files() + 1, run.bytes() + entry.size());
      if (entry.rows() != Entry.UNKNOWN) {
        sums.rows += entry.rows();
        sums.counted++;
      }
    }
    sums.add(type, run);
    for (Count count : sums.mediaTypes.values()) {
      sums.files += count.files();
      sums.bytes += count.bytes();
    }
    return sums.with(Sample.of(entries));
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
  private static final class Sums {
    long files;
    long bytes;
    long rows;
    long counted;
    final Map<String, Count> mediaTypes = new TreeMap<>();

    void add(String mediaType, Count count) {
      if (count.files() > 0) {
        mediaTypes.merge(mediaType, count, Count::plus);
      }
    }

    Summary with(Sample sample) {
      return new Summary(files, bytes, rows, counted, new TreeMap<>(mediaTypes), sample);
    }
  }
}
