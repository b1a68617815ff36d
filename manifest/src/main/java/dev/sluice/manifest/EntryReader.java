package dev.sluice.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of lines, a JSON object each. Lines as they are written by a program, with the
 * members {@code path}, {@code size}, {@code sha256}, {@code mediaType} and {@code objectKey} in
 * any order, without blanks, escapes and other than ASCII, are read here at several times the speed
 * of a JSON parser; all others are left to one.
 */
public final class EntryReader {
  private static final int BUFFER = 1 << 20;
  private static final int LONGEST = 1 << 16;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final byte[] PATH = name("path");
  private static final byte[] SIZE = name("size");
  private static final byte[] SHA256 = name("sha256");
  private static final byte[] MEDIA_TYPE = name("mediaType");
  private static final byte[] OBJECT_KEY = name("objectKey");
  private static final byte[] HEX = hexValues();

  private final InputStream in;
  private final Function<byte[], Entry> other;
  private byte[] buffer = new byte[BUFFER];
  private int at;
  private int limit;
  private boolean over;
  private Word mediaType = new Word(new byte[0], "");
  private Word prefix = new Word(new byte[0], "");
  private ObjectKey place = new ObjectKey("", true);

  /**
   * @param other reads a line, without its end, that is not read here
   */
  public EntryReader(InputStream in, Function<byte[], Entry> other) {
    this.in = in;
    this.other = other;
  }

  /** The next line's file; null at the end. */
  public @Nullable Entry next() throws IOException {
    while (true) {
      if (limit - at < LONGEST && !over) {
        fill();
      }
      if (at == limit) {
        return null;
      }
      if (buffer[at] == '\n') {
        at++;
        continue;
      }
      Entry entry = quick();
      return entry == null ? other.apply(line()) : entry;
    }
  }

  private void fill() throws IOException {
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, limit - at);
      limit -= at;
      at = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * limit);
    }
    int read = in.readNBytes(buffer, limit, buffer.length - limit);
    limit += read;
    over = limit < buffer.length;
  }

  private byte[] line() throws IOException {
    int end = at;
    while (true) {
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      if (end < limit || over) {
        byte[] line = Arrays.copyOfRange(buffer, at, end);
        at = end;
        return line;
      }
      end -= at;
      fill();
    }
  }

  /** Reads the line and goes behind it; null, and stays, when it is not of the known shape. */
  private @Nullable Entry quick() {
    int p = at;
    int pathFrom = -1;
    int pathTo = -1;
    int keyFrom = -1;
    int keyTo = -1;
    long size = -1;
    Digest sha256 = null;
    String type = null;
    if (buffer[p++] != '{') {
      return null;
    }
    while (true) {
      int nameTo = p < limit && buffer[p] == '"' ? plainEnd(p + 1) : -1;
      if (nameTo < 0 || nameTo + 2 >= limit || buffer[nameTo + 1] != ':') {
        return null;
      }
      int nameFrom = p + 1;
      p = nameTo + 2;
      if (is(SIZE, nameFrom, nameTo)) {
        long number = 0;
        int digits = p;
        while (p < limit && buffer[p] >= '0' && buffer[p] <= '9' && p - digits < 18) {
          number = number * 10 + buffer[p++] - '0';
        }
        if (p == digits || (buffer[digits] == '0' && p - digits > 1)) {
          return null;
        }
        size = number;
      } else {
        int from = p + 1;
        int to = buffer[p] == '"' ? plainEnd(from) : -1;
        if (to < 0) {
          return null;
        }
        if (is(PATH, nameFrom, nameTo)) {
          pathFrom = from;
          pathTo = to;
        } else if (is(SHA256, nameFrom, nameTo)) {
          sha256 = to - from == 2 * Digest.LENGTH ? digest(from) : null;
        } else if (is(MEDIA_TYPE, nameFrom, nameTo)) {
          mediaType = mediaType.orOf(buffer, from, to);
          type = mediaType.text();
        } else if (is(OBJECT_KEY, nameFrom, nameTo)) {
          keyFrom = from;
          keyTo = to;
        } else {
          return null;
        }
        p = to + 1;
      }
      if (p < limit && buffer[p] == ',') {
        p++;
      } else if (p < limit && buffer[p] == '}' && (p + 1 == limit || buffer[p + 1] == '\n')) {
        break;
      } else {
        return null;
      }
    }
    if (pathTo <= pathFrom || size < 0 || sha256 == null || type == null || keyFrom < 0) {
      return null;
    }
    PathKey path = PathKey.wrap(Arrays.copyOfRange(buffer, pathFrom, pathTo));
    ObjectKey key = key(path.utf8(), keyFrom, keyTo);
    at = p + 1;
    return new Entry(path, size, sha256, type, key, Entry.UNKNOWN, Entry.UNKNOWN);
  }

  private ObjectKey key(byte[] path, int from, int to) {
    int middle = to - path.length;
    if (middle < from || !Arrays.equals(buffer, middle, to, path, 0, path.length)) {
      return new ObjectKey(new String(buffer, from, to - from, US_ASCII), false);
    }
    prefix = prefix.orOf(buffer, from, middle);
    if (!prefix.text().equals(place.text())) {
      place = new ObjectKey(prefix.text(), true);
    }
    return place;
  }

  private boolean is(byte[] name, int from, int to) {
    return Arrays.equals(buffer, from, to, name, 0, name.length);
  }

  private @Nullable Digest digest(int from) {
    byte[] bytes = new byte[Digest.LENGTH];
    int wrong = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = HEX[buffer[from + 2 * i]];
      int low = HEX[buffer[from + 2 * i + 1]];
      wrong |= high | low;
      bytes[i] = (byte) (high << 4 | low);
    }
    return wrong < 0 ? null : Digest.wrap(bytes);
  }

  /** Where the quote behind plain text is; negative when the text is not plain or has no end. */
  private int plainEnd(int from) {
    int p = from;
    while (p + Long.BYTES <= limit) {
      long eight = (long) LONGS.get(buffer, p);
      // The lowest bit tells the first byte that is not plain; those above it may err.
      long ends =
          (eight | zeros(eight ^ ('"' * ONES)) | zeros(eight ^ ('\\' * ONES)) | eight - ' ' * ONES)
              & TOPS;
      if (ends != 0) {
        p += Long.numberOfTrailingZeros(ends) >> 3;
        return buffer[p] == '"' ? p : -1;
      }
      p += Long.BYTES;
    }
    while (p < limit && buffer[p] >= ' ' && buffer[p] != '"' && buffer[p] != '\\') {
      p++;
    }
    return p < limit && buffer[p] == '"' ? p : -1;
  }

  private static long zeros(long eight) {
    return (eight - ONES) & ~eight;
  }

  private static byte[] name(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] hexValues() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < 16; i++) {
      values["0123456789abcdef".charAt(i)] = (byte) i;
    }
    return values;
  }

  /** A text that comes again and again. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares.
  private record Word(byte[] ascii, String text) {
    Word orOf(byte[] bytes, int from, int to) {
      if (Arrays.equals(bytes, from, to, ascii, 0, ascii.length)) {
        return this;
      }
      byte[] copy = Arrays.copyOfRange(bytes, from, to);
      return new Word(copy, new String(copy, US_ASCII));
    }
  }
}
