package dev.sluice.client.upload;

import dev.sluice.client.Chunk;
import dev.sluice.client.NewUpload;
import dev.sluice.client.StoredChunks;
import dev.sluice.client.Upload;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An open upload of a file and the parts of it that the store has. */
record Transfer(
    NewUpload announced,
    LocalFile file,
    String uploadId,
    long partSize,
    int partCount,
    Set<Integer> stored) {

  static Transfer of(NewUpload announced, LocalFile file, Upload upload) {
    return new Transfer(
        announced, file, upload.uploadId(), upload.partSize(), upload.partCount(), Set.of());
  }

  static Transfer of(NewUpload announced, LocalFile file, StoredChunks stored) {
    return new Transfer(
        announced,
        file,
        stored.uploadId(),
        stored.partSize(),
        stored.partCount(),
        numbers(stored.chunks()));
  }

  /** The same upload with what the store has now. */
  Transfer storing(List<Chunk> chunks) {
    return new Transfer(announced, file, uploadId, partSize, partCount, numbers(chunks));
  }

  List<Integer> missing() {
    return IntStream.rangeClosed(1, partCount)
        .filter(number -> !stored.contains(number))
        .boxed()
        .toList();
  }

  FileSlice slice(int partNumber) {
    long offset = (partNumber - 1) * partSize;
    long size = partCount == 1 ? announced.size() : Math.min(partSize, announced.size() - offset);
    return new FileSlice(file.source(), offset, size);
  }

  private static Set<Integer> numbers(List<Chunk> chunks) {
    return chunks.stream().map(Chunk::partNumber).collect(Collectors.toUnmodifiableSet());
  }
}
