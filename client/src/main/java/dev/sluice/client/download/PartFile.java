package dev.sluice.client.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.client.upload.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A file while it comes, beside its place. Its name says of which content it is; a small file next
 * to it remembers the tag of the object. Nobody else writes it meanwhile.
 */
final class PartFile implements AutoCloseable {
  private static final Pattern ETAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]{1,200}\"");
  private static final int LONGEST_NAME = 60;
  private static final int BUFFER = 128 * 1024;

  private final Path target;
  private final Path part;
  private final Path tag;
  private final boolean kept;
  private final FileChannel channel;
  private final MessageDigest digest = Checksum.newDigest();
  private long length;
  private String etag = "";

  private PartFile(Path target, Path part, boolean kept, FileChannel channel) {
    this.target = target;
    this.part = part;
    this.tag = part.resolveSibling(part.getFileName() + ".etag");
    this.kept = kept;
    this.channel = channel;
  }

  /**
   * Opens the part of a file, with what is there of it.
   *
   * @param kept whether a later attempt is to go on with it
   * @throws DownloadFailedException when somebody else writes it
   */
  static PartFile open(Path target, String sha256, long size, boolean kept) throws IOException {
    Path part = target.resolveSibling(name(target.getFileName().toString(), sha256));
    FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    PartFile opened = new PartFile(target, part, kept, channel);
    try {
      opened.lock();
      opened.takeOver(size);
      return opened;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String name(String file, String sha256) {
    String shown = file.length() <= LONGEST_NAME ? file : file.substring(0, LONGEST_NAME);
    MessageDigest whole = Checksum.newDigest();
    whole.update(file.getBytes(UTF_8));
    whole.update(sha256.getBytes(UTF_8));
    return shown + "." + HexFormat.of().formatHex(whole.digest(), 0, 8) + ".part";
  }

  private void lock() throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw new DownloadFailedException("it is being downloaded to the same place");
    }
    throw new DownloadFailedException("another process downloads it to the same place");
  }

  /** Hashes what is there; what cannot be the beginning of the file is thrown away. */
  private void takeOver(long size) throws IOException {
    long there = channel.size();
    if (there == 0) {
      return;
    }
    if (!kept || there > size) {
      restart();
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (channel.read(buffer) >= 0) {
      length += buffer.position();
      digest.update(buffer.flip());
      buffer.clear();
    }
    if (Files.isRegularFile(tag, LinkOption.NOFOLLOW_LINKS)) {
      String said = Files.readString(tag);
      etag = ETAG.matcher(said).matches() ? said : "";
    }
  }

  long length() {
    return length;
  }

  /** The tag of the object that the bytes are of; empty when nobody knows. */
  String etag() {
    return etag;
  }

  /** Remembers of which object the bytes are. */
  void pin(String tagOfObject) throws IOException {
    if (!tagOfObject.equals(etag) && ETAG.matcher(tagOfObject).matches()) {
      etag = tagOfObject;
      if (kept) {
        Files.deleteIfExists(tag);
        Files.writeString(tag, etag, StandardOpenOption.CREATE_NEW);
      }
    }
  }

  void append(byte[] bytes, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    while (buffer.hasRemaining()) {
      channel.write(buffer, length + buffer.position());
    }
    digest.update(bytes, 0, count);
    length += count;
  }

  /** Throws away what is there. */
  void restart() throws IOException {
    channel.truncate(0);
    digest.reset();
    length = 0;
    etag = "";
    Files.deleteIfExists(tag);
  }

  /** The SHA-256 of what is there; nothing can be appended any more. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Gives the file its name. */
  void finish() throws IOException {
    channel.close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (kept) {
      Files.deleteIfExists(tag);
    }
  }

  /** Leaves nothing behind. */
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
    Files.deleteIfExists(tag);
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      if (!kept) {
        Files.deleteIfExists(part);
      }
    }
  }
}
