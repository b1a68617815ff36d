package dev.sluice.upload.importing.transfer;

import dev.sluice.upload.source.Source;
import dev.sluice.upload.source.SourceException;
import dev.sluice.upload.source.SourceFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A file that had to be written down before it could be sent, because nobody knew how long it is.
 * It has no name from the moment it is open, so that nothing is left of it whatever happens.
 */
public final class Spool implements Source {
  private final FileChannel file;
  private final SourceFile described;
  private final String sha256;

  private Spool(FileChannel file, SourceFile described, String sha256) {
    this.file = file;
    this.described = described;
    this.sha256 = sha256;
  }

  /**
   * Writes the stream down.
   *
   * @param limit bytes that it may have
   * @throws SourceException.TooLarge when it has more
   */
  public static Spool of(
      InputStream bytes, String name, Path folder, long limit, int buffer, Run run)
      throws IOException {
    FileChannel file = unnamed(folder);
    try {
      MessageDigest digest = digest();
      long size = write(bytes, name, file, limit, buffer, digest, run);
      String hex = HexFormat.of().formatHex(digest.digest());
      return new Spool(file, new SourceFile(name, size, hex, true, Optional.empty()), hex);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static long write(
      InputStream bytes,
      String name,
      FileChannel file,
      long limit,
      int buffer,
      MessageDigest digest,
      Run run)
      throws IOException {
    byte[] held = new byte[buffer];
    long size = 0;
    for (int n = bytes.read(held); n >= 0; n = bytes.read(held)) {
      run.check();
      size += n;
      if (size > limit) {
        throw new SourceException.TooLarge(
            "'" + name + "' has more than the " + limit + " bytes that are taken down");
      }
      digest.update(held, 0, n);
      for (ByteBuffer part = ByteBuffer.wrap(held, 0, n); part.hasRemaining(); ) {
        file.write(part);
      }
    }
    return size;
  }

  private static FileChannel unnamed(Path folder) throws IOException {
    Files.createDirectories(folder);
    return FileChannel.open(
        folder.resolve("sluice-import-" + UUID.randomUUID()),
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file as a source lists one; its tag is its digest. */
  public SourceFile described() {
    return described;
  }

  public long size() {
    return described.size();
  }

  public String sha256() {
    return sha256;
  }

  @Override
  public Iterator<SourceFile> files() {
    return List.of(described).iterator();
  }

  @Override
  public InputStream open(SourceFile wanted, long offset, long length) {
    return new Range(offset, length < 0 ? size() - offset : length);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Some bytes of the file; several may be read at once. */
  private final class Range extends FilterInputStream {
    private long at;
    private long left;

    Range(long offset, long length) {
      super(InputStream.nullInputStream());
      this.at = offset;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int wanted = (int) Math.min(length, left);
      int n = file.read(ByteBuffer.wrap(target, offset, wanted), at);
      if (n > 0) {
        at += n;
        left -= n;
      }
      return n;
    }
  }
}
