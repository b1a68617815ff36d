package dev.sluice.vectorsink.source;

import dev.hardwood.InputFile;
import dev.sluice.support.storage.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An object of the store that is read by ranges; nothing is kept. */
final class ObjectInputFile implements InputFile {
  private final ObjectStore store;
  private final String bucket;
  private final SourceFile file;

  ObjectInputFile(ObjectStore store, String bucket, SourceFile file) {
    this.store = store;
    this.bucket = bucket;
    this.file = file;
  }

  @Override
  public void open() {
    // Nothing to prepare: size and key are known from the manifest.
  }

  @Override
  public ByteBuffer readRange(long offset, int length) throws IOException {
    byte[] bytes = store.readNow(bucket, file.objectKey(), offset, length);
    if (bytes.length < length) {
      throw new IOException(
          file.path() + " ends at byte " + (offset + bytes.length) + ", not at " + file.size());
    }
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public long length() {
    return file.size();
  }

  @Override
  public String name() {
    return file.path();
  }

  @Override
  public void close() {
    // Nothing is held open between two ranges.
  }
}
