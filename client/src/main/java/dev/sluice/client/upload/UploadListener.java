package dev.sluice.client.upload;

import dev.sluice.client.UploadProgress;

/** Hears how uploads go on, from several threads at once; it must not block for long. */
public interface UploadListener {

  /** Hears nothing. */
  UploadListener SILENT = new UploadListener() {};

  /** A file is being hashed and announced. */
  default void started(LocalFile file, long size) {}

  /** Bytes that the store acknowledged now, or has had before. */
  default void stored(LocalFile file, long bytes) {}

  /** The service's own count, after each {@code update_chunk}. */
  default void reported(LocalFile file, UploadProgress progress) {}

  /** All bytes are in the store and being read back. */
  default void verifying(LocalFile file) {}

  /** So many files of the version are still being read back; said while everything waits. */
  default void verifying(long files) {}

  /** The file is through, one way or another. */
  default void finished(UploadOutcome outcome) {}
}
