package dev.sluice.upload.archive;

import java.io.InputStream;
import java.util.Optional;

/** A compressed file that is no tar: an archive of one. */
final class SingleFile implements Archive {
  private final ArchiveFile file;
  private boolean given;

  SingleFile(String path, InputStream content) {
    this.file = new ArchiveFile(path, -1, content);
  }

  @Override
  public Optional<ArchiveFile> next() {
    if (given) {
      return Optional.empty();
    }
    given = true;
    return Optional.of(file);
  }

  @Override
  public void close() {
    // The stream below belongs to the caller.
  }
}
