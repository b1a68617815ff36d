package dev.sluice.vectorsink.source;

import dev.hardwood.InputFile;
import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.vectorsink.VectorSinkProblem.UnusableSource;
import io.minio.errors.ErrorResponseException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An object of the store that is read by ranges; nothing is kept. */
final class ObjectInputFile implements InputFile {
  private static final int NOT_FOUND = 404;

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
    byte[] bytes = read(offset, length);
    if (bytes.length < length) {
      throw new IOException(
          file.path() + " ends at byte " + (offset + bytes.length) + ", not at " + file.size());
    }
    return ByteBuffer.wrap(bytes);
  }

  private byte[] read(long offset, int length) {
    try {
      return store.readNow(bucket, file.objectKey(), offset, length);
    } catch (IOException e) {
      if (e.getCause() instanceof ErrorResponseException refused
          && refused.response().code() == NOT_FOUND) {
        throw new UnusableSource("The object of '" + file.path() + "' is not in the store.")
            .exception();
      }
      throw new PartAway("The object store").exception();
    }
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
