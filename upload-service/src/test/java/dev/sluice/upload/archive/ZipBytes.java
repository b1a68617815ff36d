package dev.sluice.upload.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zips, good and bad, by hand. */
final class ZipBytes {
  private static final int UNIX = 3 << 8;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final List<byte[]> directory = new ArrayList<>();

  /** A stored file. */
  ZipBytes file(String name, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return entry(name, 0, 0, 0, bytes, bytes.length, crc(bytes));
  }

  /** A stored file with a mode of Unix. */
  ZipBytes mode(String name, int mode) {
    return entry(name, mode, 0, 0, new byte[0], 0, 0);
  }

  ZipBytes entry(String name, int mode, int method, int flags, byte[] packed, long size, long crc) {
    int at = body.size();
    local(name, method, flags, packed.length, size, crc, 0);
    body.writeBytes(packed);
    return pointer(name, mode, method, flags, packed.length, size, crc, at);
  }

  ZipBytes local(String name, int method, int flags, long packed, long size, long crc, int extra) {
    body.writeBytes(localHeader(name, method, flags, packed, size, crc, extra));
    return this;
  }

  static byte[] localHeader(
      String name, int method, int flags, long packed, long size, long crc, int extra) {
    byte[] bytes = name.getBytes(UTF_8);
    return ByteBuffer.allocate(30 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x04034b50)
        .putShort((short) 20)
        .putShort((short) flags)
        .putShort((short) method)
        .putInt(0)
        .putInt((int) crc)
        .putInt((int) packed)
        .putInt((int) size)
        .putShort((short) bytes.length)
        .putShort((short) extra)
        .put(bytes)
        .array();
  }

  /** Only an entry of the directory. */
  ZipBytes pointer(
      String name,
      int mode,
      int method,
      int flags,
      long packed,
      long size,
      long crc,
      long headerAt) {
    byte[] bytes = name.getBytes(UTF_8);
    directory.add(
        ByteBuffer.allocate(46 + bytes.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0x02014b50)
            .putShort((short) (UNIX | 20))
            .putShort((short) 20)
            .putShort((short) flags)
            .putShort((short) method)
            .putInt(0)
            .putInt((int) crc)
            .putInt((int) packed)
            .putInt((int) size)
            .putShort((short) bytes.length)
            .putInt(0)
            .putInt(0)
            .putInt(mode << 16)
            .putInt((int) headerAt)
            .put(bytes)
            .array());
    return this;
  }

  ZipBytes raw(byte[] bytes) {
    body.writeBytes(bytes);
    return this;
  }

  int size() {
    return body.size();
  }

  byte[] end() {
    int at = body.size();
    directory.forEach(body::writeBytes);
    return endingAt(at, body.size() - at, directory.size());
  }

  /** Ends with what may be a lie. */
  byte[] endingAt(int offset, int size, int entries) {
    body.writeBytes(
        ByteBuffer.allocate(22)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0x06054b50)
            .putInt(0)
            .putShort((short) entries)
            .putShort((short) entries)
            .putInt(size)
            .putInt(offset)
            .putShort((short) 0)
            .array());
    return body.toByteArray();
  }

  static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
