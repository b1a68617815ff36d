package dev.sluice.catalog.download;

import dev.sluice.catalog.file.VersionFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of a file as they come from the object store, checked against its SHA-256. A connection
 * that breaks is made again where it broke, since an object never changes.
 */
final class StoredContent implements Closeable {
  private static final int BREAKS = 3;

  /** Opens objects. */
  @FunctionalInterface
  interface Opener {
    /** The object's bytes from {@code offset} on. */
    InputStream open(String objectKey, long offset) throws IOException;
  }

  private final VersionFile file;
  private final Opener opener;
  private final MessageDigest digest = sha256();
  private InputStream in;
  private long done;
  private int breaks;

  StoredContent(VersionFile file, Opener opener) throws IOException {
    this.file = file;
    this.opener = opener;
    this.in = opener.open(file.objectKey(), 0);
  }

  /**
   * Reads some bytes; -1 when all were read and are those of the manifest.
   *
   * @throws IOException when they are not, or the store does not give them
   */
  int read(byte[] buffer) throws IOException {
    if (done == file.size()) {
      requireEnd();
      return -1;
    }
    int wanted = (int) Math.min(buffer.length, file.size() - done);
    int n = readSome(buffer, wanted);
    digest.update(buffer, 0, n);
    done += n;
    return n;
  }

  private int readSome(byte[] buffer, int wanted) throws IOException {
    while (true) {
      try {
        int n = in.read(buffer, 0, wanted);
        if (n > 0) {
          return n;
        }
        throw new IOException("the object ends after " + done + " of " + file.size() + " bytes");
      } catch (IOException e) {
        if (++breaks > BREAKS) {
          throw new IOException("cannot read '" + file.path() + "': " + e.getMessage(), e);
        }
        in.close();
        in = opener.open(file.objectKey(), done);
      }
    }
  }

  private void requireEnd() throws IOException {
    if (in.read() >= 0) {
      throw new IOException("the object of '" + file.path() + "' is longer than its file");
    }
    String came = HexFormat.of().formatHex(digest.digest());
    if (!came.equals(file.sha256())) {
      throw new IOException("'" + file.path() + "' came as " + came + ", not " + file.sha256());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
