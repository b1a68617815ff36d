package dev.sluice.upload.archive;

import java.io.IOException;
import java.util.Optional;

/**
 * The files of an archive, one after the other. For one thread; close it, which does not close the
 * stream it was made from.
 */
public interface Archive extends AutoCloseable {
  /**
   * The next regular file; empty at the end.
   *
   * @throws ArchiveException when the archive is not to be trusted
   */
  Optional<ArchiveFile> next() throws IOException;

  @Override
  void close() throws IOException;
}
