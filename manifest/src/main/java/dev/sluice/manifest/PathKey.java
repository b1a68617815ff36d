package dev.sluice.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A path as its UTF-8 bytes, which are also its place in the order of a manifest. */
public final class PathKey implements Comparable<PathKey> {
  /** Before every path. */
  public static final PathKey FIRST = new PathKey(new byte[0]);

  private final byte[] utf8;

  private PathKey(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** The key of a path. */
  public static PathKey of(String path) {
    return new PathKey(path.getBytes(UTF_8));
  }

  static PathKey wrap(byte[] utf8) {
    return new PathKey(utf8);
  }

  /** The first key behind all that begin with this one. */
  public PathKey afterPrefix() {
    byte[] next = utf8.clone();
    for (int i = next.length - 1; i >= 0; i--) {
      if (next[i] != (byte) 0xff) {
        next[i]++;
        return new PathKey(Arrays.copyOf(next, i + 1));
      }
    }
    throw new IllegalArgumentException("nothing follows an empty prefix");
  }

  /** The first key behind this one. */
  public PathKey next() {
    return new PathKey(Arrays.copyOf(utf8, utf8.length + 1));
  }

  /** Whether the path begins with these bytes. */
  public boolean startsWith(PathKey prefix) {
    return utf8.length >= prefix.utf8.length
        && Arrays.equals(utf8, 0, prefix.utf8.length, prefix.utf8, 0, prefix.utf8.length);
  }

  byte[] utf8() {
    return utf8;
  }

  @Override
  public int compareTo(PathKey other) {
    return Arrays.compareUnsigned(utf8, other.utf8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathKey p && Arrays.equals(utf8, p.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, UTF_8);
  }
}
