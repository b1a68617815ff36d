package dev.sluice.upload.source;

import java.io.InputStream;
import java.util.Iterator;

/**
 * A place outside that files are imported from, for callers on threads that may block. Close it.
 *
 * <p>Several threads may call {@link #open} at once.
 */
public interface Source extends AutoCloseable {
  /**
   * The files there, in path order for a store and in a fixed order otherwise; read while they are
   * asked for, where the source can.
   *
   * <p>A failure while iterating is an {@link java.io.UncheckedIOException} with a {@link
   * SourceException} inside; {@link SourceException#in} takes it out.
   *
   * @throws SourceException when there is nothing to list
   */
  Iterator<SourceFile> files() throws SourceException;

  /**
   * Bytes [offset, offset + length) of the file as listed. The stream has exactly that many bytes
   * or fails while it is read: with {@link SourceException.Changed} when the source no longer has
   * that version, with {@link SourceException.Unreachable} when it breaks off.
   *
   * @param file as {@link #files} of this source gave it; an equal one will do unless its name was
   *     normalised
   * @param offset 0 unless the file has {@code ranges}
   * @param length bytes, or -1 for all up to the end
   */
  InputStream open(SourceFile file, long offset, long length) throws SourceException;

  @Override
  void close();
}
