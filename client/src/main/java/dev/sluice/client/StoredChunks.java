package dev.sluice.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service already has of a file.
 *
 * @param uploadId empty for a file never seen
 * @param done the identical file is stored: nothing to send
 * @param sha256 what was announced for it; null when nobody told
 * @param sizeHeld the project holds a file of this size: telling the SHA-256 first may save sending
 */
public record StoredChunks(
    String uploadId,
    @Nullable UploadState state,
    boolean done,
    @Nullable String sha256,
    boolean sizeHeld,
    long partSize,
    int partCount,
    List<Chunk> chunks) {

  public StoredChunks {
    uploadId = orEmpty(uploadId);
    chunks = Lists.orEmpty(chunks);
  }

  private static String orEmpty(@Nullable String id) {
    return id == null ? "" : id;
  }
}
