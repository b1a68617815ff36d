package dev.sluice.upload.file;

import java.util.Optional;

/**
 * A part as the object store has it.
 *
 * @param partNumber counts from 1
 * @param size bytes
 * @param etag without quotes
 * @param crc32c of its bytes, as {@link Crc32c} writes it, where somebody told it
 */
public record StoredPart(int partNumber, long size, String etag, Optional<String> crc32c) {
  public StoredPart {
    etag = etag.replace("\"", "");
  }

  /** A part of which no checksum is known. */
  public StoredPart(int partNumber, long size, String etag) {
    this(partNumber, size, etag, Optional.empty());
  }

  /** The same part with a checksum, unless it has one. */
  public StoredPart with(Optional<String> told) {
    return crc32c.isPresent() ? this : new StoredPart(partNumber, size, etag, told);
  }
}
