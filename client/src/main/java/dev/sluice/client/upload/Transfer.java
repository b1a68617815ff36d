package dev.sluice.client.upload;

import dev.sluice.client.Chunk;
import dev.sluice.client.StoredChunks;
import dev.sluice.client.Upload;
import dev.sluice.client.wire.FileSlice;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An open upload of a file and the parts of it that the store has.
 *
 * @param stored by part number
 */
record Transfer(
    LocalFile file,
    long size,
    String uploadId,
    long partSize,
    int partCount,
    Map<Integer, Chunk> stored) {

  static Transfer of(LocalFile file, long size, Upload upload) {
    return new Transfer(
        file, size, upload.uploadId(), upload.partSize(), upload.partCount(), Map.of());
  }

  static Transfer of(LocalFile file, long size, StoredChunks stored) {
    return new Transfer(
        file,
        size,
        stored.uploadId(),
        stored.partSize(),
        stored.partCount(),
        byNumber(stored.chunks()));
  }

  /** The same upload with what the store has now. */
  Transfer storing(List<Chunk> chunks) {
    return new Transfer(file, size, uploadId, partSize, partCount, byNumber(chunks));
  }

  FileSlice slice(int partNumber) {
    long offset = (partNumber - 1) * partSize;
    long length = partCount == 1 ? size : Math.min(partSize, size - offset);
    return new FileSlice(file.source(), offset, length);
  }

  private static Map<Integer, Chunk> byNumber(List<Chunk> chunks) {
    return chunks.stream()
        .collect(Collectors.toUnmodifiableMap(Chunk::partNumber, Function.identity(), (a, b) -> b));
  }
}
