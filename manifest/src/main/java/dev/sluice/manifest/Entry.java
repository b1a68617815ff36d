package dev.sluice.manifest;

/**
 * A file of a version.
 *
 * @param path where it is in the version; keys order a manifest
 * @param size bytes
 * @param sha256 over the bytes
 * @param at an object with these bytes, in the project's bucket; not part of the content
 * @param crc32c over the bytes, unsigned, or {@link #UNKNOWN}
 * @param rows of a table, or {@link #UNKNOWN}
 */
public record Entry(
    PathKey path, long size, Digest sha256, String mediaType, ObjectKey at, long crc32c, long rows)
    implements Keyed {
  /** Says that a number is not known. */
  public static final long UNKNOWN = -1;

  public Entry {
    if (path.utf8().length == 0) {
      throw new IllegalArgumentException("a path has a byte at least");
    }
    if (size < 0) {
      throw new IllegalArgumentException("size is negative: " + size);
    }
    if (crc32c < UNKNOWN || crc32c > 0xffff_ffffL) {
      throw new IllegalArgumentException("crc32c is not 32 bits: " + crc32c);
    }
    if (rows < UNKNOWN) {
      throw new IllegalArgumentException("rows is negative: " + rows);
    }
  }

  /** A file whose bytes are the object of that key. */
  public Entry(
      PathKey path,
      long size,
      Digest sha256,
      String mediaType,
      String objectKey,
      long crc32c,
      long rows) {
    this(path, size, sha256, mediaType, ObjectKey.of(objectKey, path), crc32c, rows);
  }

  /** The key of an object with these bytes, in the project's bucket. */
  public String objectKey() {
    return at.whole(path);
  }

  @Override
  public PathKey key() {
    return path;
  }

  /** Whether both have the same bytes and type, wherever these are stored. */
  public boolean sameContent(Entry other) {
    return size == other.size && sha256.equals(other.sha256) && mediaType.equals(other.mediaType);
  }

  /** The same file under another path. */
  public Entry at(PathKey other) {
    return new Entry(other, size, sha256, mediaType, objectKey(), crc32c, rows);
  }
}
