package dev.sluice.catalog.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A zip after APPNOTE 6.3: entries stored as they are, names in UTF-8, ZIP64 where a number needs
 * it, the same date everywhere. The CRC-32 of a large entry, which nobody knows before, stands
 * behind it. The directory waits on disk.
 */
final class ZipWriter implements ArchiveWriter {
  private static final long MOST_32 = 0xFFFFFFFFL;
  private static final int MOST_16 = 0xFFFF;
  private static final int ZIP64 = 45;
  private static final int PLAIN = 20;
  private static final int UNIX = 3 << 8;
  private static final int FILE_MODE = 0100644 << 16;
  private static final int UTF8_NAMES = 1 << 11;
  private static final int CRC_BEHIND = 1 << 3;

  /** 1980-01-01, the first day that a zip knows. */
  private static final int DATE = 1 << 5 | 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Spool directory = new Spool();
  private final CRC32 crc = new CRC32();
  private long taken;
  private long entries;
  private @Nullable Open open;

  /** An entry that was begun. */
  private record Open(String path, long size, long offset) {}

  @Override
  public void whole(String path, byte[] content) throws IOException {
    crc.reset();
    crc.update(content);
    Open entry = new Open(path, content.length, position());
    header(entry, UTF8_NAMES, crc.getValue());
    out.write(content);
    list(entry, UTF8_NAMES);
  }

  @Override
  public void begin(String path, long size) throws IOException {
    crc.reset();
    Open entry = new Open(path, size, position());
    header(entry, UTF8_NAMES | CRC_BEHIND, 0);
    open = entry;
  }

  @Override
  public void write(byte[] buffer, int length) {
    crc.update(buffer, 0, length);
    out.write(buffer, 0, length);
  }

  @Override
  public void end() throws IOException {
    Open entry = open;
    if (entry == null) {
      throw new IllegalStateException("no entry was begun");
    }
    ByteBuffer descriptor = little(24).putInt(0x08074b50).putInt((int) crc.getValue());
    if (large(entry.size())) {
      descriptor.putLong(entry.size()).putLong(entry.size());
    } else {
      descriptor.putInt((int) entry.size()).putInt((int) entry.size());
    }
    out.write(bytes(descriptor));
    list(entry, UTF8_NAMES | CRC_BEHIND);
    open = null;
  }

  private void header(Open entry, int flags, long crcNow) throws IOException {
    byte[] name = entry.path().getBytes(UTF_8);
    boolean large = large(entry.size());
    int size = large ? (int) MOST_32 : (int) entry.size();
    ByteBuffer header = little(30 + name.length + 20);
    header.putInt(0x04034b50).putShort((short) (large ? ZIP64 : PLAIN)).putShort((short) flags);
    header.putShort((short) 0).putShort((short) 0).putShort((short) DATE);
    header.putInt((int) crcNow).putInt(size).putInt(size);
    header.putShort((short) name.length).putShort((short) (large ? 20 : 0)).put(name);
    if (large) {
      header.putShort((short) 1).putShort((short) 16);
      header.putLong(entry.size()).putLong(entry.size());
    }
    out.write(bytes(header));
  }

  private void list(Open entry, int flags) throws IOException {
    byte[] name = entry.path().getBytes(UTF_8);
    boolean large = large(entry.size());
    boolean far = large(entry.offset());
    int extra = (large ? 16 : 0) + (far ? 8 : 0);
    int size = large ? (int) MOST_32 : (int) entry.size();
    short needs = (short) (extra > 0 ? ZIP64 : PLAIN);
    ByteBuffer line = little(46 + name.length + 28);
    line.putInt(0x02014b50).putShort((short) (UNIX | ZIP64)).putShort(needs);
    line.putShort((short) flags).putShort((short) 0).putShort((short) 0).putShort((short) DATE);
    line.putInt((int) crc.getValue()).putInt(size).putInt(size);
    line.putShort((short) name.length).putShort((short) (extra > 0 ? extra + 4 : 0));
    line.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(FILE_MODE);
    line.putInt(far ? (int) MOST_32 : (int) entry.offset()).put(name);
    if (extra > 0) {
      line.putShort((short) 1).putShort((short) extra);
    }
    if (large) {
      line.putLong(entry.size()).putLong(entry.size());
    }
    if (far) {
      line.putLong(entry.offset());
    }
    directory.write(bytes(line));
    entries++;
  }

  @Override
  public InputStream trailer() throws IOException {
    long start = position();
    long size = directory.size();
    ByteBuffer end = little(56 + 20 + 22);
    if (entries >= MOST_16 || large(start) || large(size)) {
      end.putInt(0x06064b50).putLong(44).putShort((short) (UNIX | ZIP64)).putShort((short) ZIP64);
      end.putInt(0).putInt(0).putLong(entries).putLong(entries).putLong(size).putLong(start);
      end.putInt(0x07064b50).putInt(0).putLong(start + size).putInt(1);
    }
    short count = (short) Math.min(entries, MOST_16);
    end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
    end.putInt((int) Math.min(size, MOST_32)).putInt((int) Math.min(start, MOST_32));
    end.putShort((short) 0);
    return new SequenceInputStream(directory.read(), new ByteArrayInputStream(bytes(end)));
  }

  private long position() {
    return taken + out.size();
  }

  private static boolean large(long number) {
    return number >= MOST_32;
  }

  private static ByteBuffer little(int most) {
    return ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  @Override
  public void trail(byte[] buffer, int length) {
    out.write(buffer, 0, length);
  }

  @Override
  public int waiting() {
    return out.size();
  }

  @Override
  public byte[] take() {
    byte[] bytes = out.toByteArray();
    out.reset();
    taken += bytes.length;
    return bytes;
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
