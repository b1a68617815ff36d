package dev.sluice.vectorsink.index;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which versions hold a point: the interval of version numbers from {@code from} up to, not
 * including, {@code to} (open when {@code to} is absent), and single versions outside of it.
 *
 * <p>An unchanged point of an open interval belongs to a new version without any write; that is why
 * the upkeep costs what changed. The single versions are needed only when a text comes back after
 * it was gone, or when an older version is indexed after a newer one.
 */
public record Membership(int from, @Nullable Integer to, Set<Integer> also) {
  public Membership {
    if (from < 1 || (to != null && to < from)) {
      throw new IllegalArgumentException("no interval: from " + from + " to " + to);
    }
    also = Set.copyOf(also);
  }

  /** Of a point that appears with {@code version}. */
  public static Membership startingAt(int version, VersionLine line) {
    return line.isNewest(version)
        ? new Membership(version, null, Set.of())
        : new Membership(version, version + 1, Set.of());
  }

  /** Whether {@code version} holds the point. */
  public boolean contains(int version) {
    return inInterval(version) || also.contains(version);
  }

  /** The same and {@code version}. */
  public Membership with(int version, VersionLine line) {
    if (contains(version)) {
      return this;
    }
    if (line.isNewest(version)) {
      return new Membership(version, null, on(line));
    }
    Set<Integer> singles = new TreeSet<>(also);
    singles.add(version);
    return new Membership(from, to, singles);
  }

  /** The same but not {@code version}; see {@link #isEmptyOn}. */
  public Membership without(int version, VersionLine line) {
    Set<Integer> singles = new TreeSet<>(also);
    singles.remove(version);
    if (!inInterval(version)) {
      return new Membership(from, to, singles);
    }
    if (line.isNewest(version)) {
      return new Membership(from, version, singles);
    }
    line.versions().stream().filter(v -> v < version && inInterval(v)).forEach(singles::add);
    return new Membership(version + 1, to, singles);
  }

  /** Whether no version of the line holds the point, so that nobody misses it. */
  public boolean isEmptyOn(VersionLine line) {
    return on(line).isEmpty();
  }

  private Set<Integer> on(VersionLine line) {
    return line.versions().stream().filter(this::contains).collect(Collectors.toSet());
  }

  private boolean inInterval(int version) {
    return from <= version && (to == null || version < to);
  }
}
