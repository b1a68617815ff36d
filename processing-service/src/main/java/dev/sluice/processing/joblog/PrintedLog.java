package dev.sluice.processing.joblog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;

/**
 * What a program has printed from an offset on, in bounded memory: the first MiB and the last 16 of
 * it. Offsets count bytes as they were printed, also behind what is left out.
 */
final class PrintedLog {
  private static final int HEAD = 1 << 20;
  private static final int TAIL = 16 << 20;

  private final long from;
  private final long total;
  private final byte[] head;
  private final byte[] tail;

  private PrintedLog(long from, long total, byte[] head, byte[] tail) {
    this.from = from;
    this.total = total;
    this.head = head;
    this.tail = tail;
  }

  /** The log out of an object that holds its beginning and its end. */
  static PrintedLog stored(byte[] object, long total, int headLength) {
    return new PrintedLog(
        0,
        total,
        Arrays.copyOf(object, headLength),
        Arrays.copyOfRange(object, headLength, object.length));
  }

  /** A log of which nothing else is known. */
  static PrintedLog of(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return stored(bytes, bytes.length, bytes.length);
  }

  /** Bytes printed, from the very beginning. */
  long total() {
    return total;
  }

  byte[] head() {
    return head.clone();
  }

  byte[] tail() {
    return tail.clone();
  }

  /** Where the end begins; equal to the end of the beginning when nothing is left out. */
  long tailStart() {
    return total - tail.length;
  }

  private long headEnd() {
    return from + head.length;
  }

  boolean isComplete() {
    return headEnd() == tailStart();
  }

  /** All there is, with a line in the place of what is left out. */
  byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream(head.length + tail.length);
    text.writeBytes(head);
    if (!isComplete()) {
      text.writeBytes(notice().getBytes(UTF_8));
    }
    text.writeBytes(tail);
    return text.toByteArray();
  }

  /** What is said in the place of what is left out. */
  String notice() {
    return String.format(Locale.ROOT, "%n… %,d bytes are not kept …%n", tailStart() - headEnd())
        .replace(System.lineSeparator(), "\n");
  }

  /** Whether {@code offset} lies in what is left out. */
  boolean isLeftOut(long offset) {
    return offset >= headEnd() && offset < tailStart();
  }

  /** Where there is something to read at or after {@code offset}. */
  long readable(long offset) {
    return isLeftOut(offset) ? tailStart() : Math.min(Math.max(offset, from), total);
  }

  /** Bytes from {@code offset} to {@code end}, or to where something is left out. */
  byte[] slice(long offset, long end) {
    long start = readable(offset);
    if (start < headEnd()) {
      long to = Math.min(end, headEnd());
      return to <= start
          ? new byte[0]
          : Arrays.copyOfRange(head, (int) (start - from), (int) (to - from));
    }
    long to = Math.min(end, total);
    return to <= start
        ? new byte[0]
        : Arrays.copyOfRange(tail, (int) (start - tailStart()), (int) (to - tailStart()));
  }

  /** Its last bytes as text that begins with a whole character. */
  String lastText(int most) {
    byte[] last = tail.length == 0 ? head : tail;
    int begin = Math.max(0, last.length - most);
    while (begin > 0 && begin < last.length && (last[begin] & 0xC0) == 0x80) {
      begin++;
    }
    return new String(last, begin, last.length - begin, UTF_8).replace("\0", "");
  }

  /** Takes a log in as it comes. */
  static final class Builder {
    private final long from;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final Deque<byte[]> tail = new ArrayDeque<>();
    private long tailBytes;
    private long total;

    /** Keeps nothing before {@code from}. */
    Builder(long from) {
      this.from = from;
    }

    Builder add(byte[] piece) {
      long skip = Math.min(piece.length, Math.max(0, from - total));
      total += piece.length;
      int begin = (int) skip;
      int toHead = Math.min(piece.length - begin, HEAD - head.size());
      head.write(piece, begin, toHead);
      begin += toHead;
      if (begin < piece.length) {
        byte[] rest = begin == 0 ? piece : Arrays.copyOfRange(piece, begin, piece.length);
        tail.add(rest);
        tailBytes += rest.length;
      }
      while (!tail.isEmpty() && tailBytes - Objects.requireNonNull(tail.peek()).length >= TAIL) {
        tailBytes -= tail.remove().length;
      }
      return this;
    }

    PrintedLog build() {
      ByteArrayOutputStream end = new ByteArrayOutputStream((int) tailBytes);
      tail.forEach(end::writeBytes);
      byte[] last = end.toByteArray();
      byte[] kept =
          last.length <= TAIL ? last : Arrays.copyOfRange(last, last.length - TAIL, last.length);
      return new PrintedLog(Math.min(from, total), total, head.toByteArray(), kept);
    }
  }
}
