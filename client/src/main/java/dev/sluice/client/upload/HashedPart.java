package dev.sluice.client.upload;

import dev.sluice.client.Chunk;
import dev.sluice.client.wire.FileSlice;
import java.util.Objects;

/**
 * A part that was just read, so that its bytes are still in the page cache.
 *
 * @param number from 1
 * @param crc32c base64 of the four bytes
 */
record HashedPart(int number, FileSlice slice, String crc32c) {

  /** Whether the store has these bytes already, as far as it can tell. */
  boolean isHeldAs(Chunk chunk) {
    return chunk.size() == slice.size()
        && (chunk.crc32c() == null || Objects.equals(chunk.crc32c(), crc32c));
  }

  /** What is to be reported once the store has it. */
  Chunk chunk(String etag) {
    return new Chunk(number, slice.size(), etag, crc32c);
  }
}
