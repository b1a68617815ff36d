package dev.sluice.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.List;

/** What digests are made of. */
final class ContentLines {
  private static final byte LEAF = 0;
  private static final byte INNER = 1;

  private ContentLines() {}

  static Digest digest(List<Entry> entries) {
    Lines lines = new Lines(64 + entries.size() * 128);
    lines.write(LEAF);
    for (Entry entry : entries) {
      lines.add(entry);
    }
    return lines.sha256();
  }

  static Digest digestOf(List<Child> children) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(INNER);
    for (Child child : children) {
      sha256.update(child.digest().bytes());
    }
    return Digest.wrap(sha256.digest());
  }

  private static final class Lines extends ByteArrayOutputStream {
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    Lines(int size) {
      super(size);
    }

    void add(Entry entry) {
      writeBytes(entry.path().utf8());
      write(0);
      writeBytes(Long.toString(entry.size()).getBytes(US_ASCII));
      write(0);
      for (byte b : entry.sha256().bytes()) {
        write(HEX[(b >> 4) & 15]);
        write(HEX[b & 15]);
      }
      write(0);
      writeBytes(entry.mediaType().getBytes(UTF_8));
      write('\n');
    }

    Digest sha256() {
      MessageDigest sha256 = Digest.sha256();
      sha256.update(buf, 0, count);
      return Digest.wrap(sha256.digest());
    }
  }
}
