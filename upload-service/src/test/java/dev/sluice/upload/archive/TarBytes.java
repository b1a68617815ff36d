package dev.sluice.upload.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Writes tars, good and bad, by hand. */
final class TarBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TarBytes file(String name, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return entry(name, '0', bytes.length, bytes);
  }

  TarBytes kind(String name, char type) {
    return entry(name, type, 0, new byte[0]);
  }

  /** An entry that may lie about its size. */
  TarBytes entry(String name, char type, long size, byte[] content) {
    byte[] header = new byte[512];
    byte[] nameBytes = name.getBytes(UTF_8);
    System.arraycopy(nameBytes, 0, header, 0, Math.min(100, nameBytes.length));
    put(header, 100, "0000644");
    put(header, 124, "%011o".formatted(size));
    header[156] = (byte) type;
    if (type == '1' || type == '2') {
      put(header, 157, "/etc/passwd");
    }
    put(header, 257, "ustar");
    put(header, 263, "00");
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o".formatted(sum));
    header[154] = 0;
    header[155] = ' ';
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return this;
  }

  /** A pax header with lines {@code key=value}. */
  TarBytes pax(String... lines) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String line : lines) {
      int length = line.getBytes(UTF_8).length + 2;
      int digits = Integer.toString(length).length();
      length = Integer.toString(length + digits).length() + length;
      all.writeBytes((length + " " + line + "\n").getBytes(UTF_8));
    }
    return entry("pax", 'x', all.size(), all.toByteArray());
  }

  TarBytes longName(String name) {
    byte[] bytes = Arrays.copyOf(name.getBytes(UTF_8), name.getBytes(UTF_8).length + 1);
    return entry("././@LongLink", 'L', bytes.length, bytes);
  }

  byte[] end() {
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  byte[] cutOff() {
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
