package dev.sluice.vectorsink.index;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The versions of a dataset that are in the index or on their way, under one recipe. */
public record VersionLine(SortedSet<Integer> versions) {
  public VersionLine {
    versions = Collections.unmodifiableSortedSet(new TreeSet<>(versions));
  }

  /** Whether no version of the line comes after {@code version}. */
  public boolean isNewest(int version) {
    return versions.isEmpty() || versions.last() <= version;
  }

  /** The other versions. */
  public VersionLine without(int version) {
    SortedSet<Integer> others = new TreeSet<>(versions);
    others.remove(version);
    return new VersionLine(others);
  }
}
