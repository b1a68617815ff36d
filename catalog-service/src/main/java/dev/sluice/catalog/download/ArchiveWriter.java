package dev.sluice.catalog.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Writes an archive, entry after entry, without compressing: the same entries give the same bytes.
 * What was written is taken away piece by piece, so that only little of it is held.
 */
sealed interface ArchiveWriter extends Closeable permits ZipWriter, TarWriter {

  /** An entry whose content is known as a whole. */
  void whole(String path, byte[] content) throws IOException;

  /** Begins an entry of so many bytes, which follow. */
  void begin(String path, long size) throws IOException;

  /** Bytes of the entry that was begun. */
  void write(byte[] buffer, int length) throws IOException;

  /** Ends the entry that was begun. */
  void end() throws IOException;

  /** What stands behind the last entry. */
  InputStream trailer() throws IOException;

  /** Bytes of the trailer. */
  void trail(byte[] buffer, int length);

  /** Bytes that wait to be taken. */
  int waiting();

  /** Takes what waits. */
  byte[] take();

  /** Frees what is held outside memory. */
  @Override
  void close() throws IOException;
}
