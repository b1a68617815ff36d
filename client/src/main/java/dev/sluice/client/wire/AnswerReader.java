package dev.sluice.client.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one answer of HTTP/1.1 to a PUT, as RFC 9112 cuts it: by status, chunks, length, or the end
 * of the connection.
 */
final class AnswerReader {

  private static final int LONGEST_LINE = 16 * 1024;
  private static final int MOST_HEADERS = 100;
  private static final int KEPT = 64 * 1024;
  private static final int MOST_BODY = 4 * 1024 * 1024;
  private static final int MOST_INTERIM = 10;

  /** Where more bytes come from. */
  @FunctionalInterface
  interface Source {
    /** Waits for at least one byte; false when there will be none. */
    boolean fill(ByteBuffer buffer) throws IOException;
  }

  private final Source source;
  private final ByteBuffer buffer = ByteBuffer.allocate(8 * 1024).flip();
  private boolean begun;
  private boolean last;
  private int interim;

  AnswerReader(Source source) {
    this.source = source;
  }

  /** Whether anything of an answer came. */
  boolean begun() {
    return begun;
  }

  /** Whether the connection can carry another request after this answer. */
  boolean reusable() {
    return !last && !buffer.hasRemaining();
  }

  /** Prepares for the answer to the next request. */
  void next() {
    begun = false;
    interim = 0;
  }

  /** The final answer; those before it, such as {@code 100 Continue}, are passed over. */
  StoreAnswer read() throws IOException {
    while (true) {
      StoreAnswer answer = readOne();
      if (answer.status() >= 200) {
        return answer;
      }
    }
  }

  /** One answer, be it final or not. */
  StoreAnswer readOne() throws IOException {
    String[] words = line().split(" ", 3);
    if (words.length < 2 || !words[0].matches("HTTP/1\\.[01]") || !words[1].matches("\\d{3}")) {
      throw new ProtocolException("not an answer of HTTP/1.1");
    }
    int status = Integer.parseInt(words[1]);
    Map<String, String> headers = headers();
    last |= words[0].endsWith("0") || has(headers, "connection", "close");
    if (status < 200) {
      if (status == 101 || ++interim > MOST_INTERIM) {
        throw new ProtocolException("an answer that nobody asked for: " + status);
      }
      return new StoreAnswer(status, headers, "");
    }
    return new StoreAnswer(status, headers, body(status, headers));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    String line = line();
    for (int count = 1; !line.isEmpty(); count++, line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1 || count > MOST_HEADERS) {
        throw new ProtocolException("headers that cannot be read");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      String before = headers.put(name, value);
      if (before != null && name.equals("content-length") && !before.equals(value)) {
        throw new ProtocolException("two lengths of one answer");
      }
    }
    return headers;
  }

  private String body(int status, Map<String, String> headers) throws IOException {
    if (status == 204 || status == 304) {
      return "";
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    if (headers.containsKey("transfer-encoding")) {
      if (!has(headers, "transfer-encoding", "chunked")) {
        throw new ProtocolException("an encoding that nobody asked for");
      }
      chunks(kept);
    } else if (headers.containsKey("content-length")) {
      take(length(headers.getOrDefault("content-length", ""), 10), kept);
    } else {
      last = true;
      rest(kept);
    }
    return kept.toString(StandardCharsets.UTF_8);
  }

  private void chunks(ByteArrayOutputStream kept) throws IOException {
    long all = 0;
    long size = length(line().split(";", 2)[0].strip(), 16);
    while (size > 0) {
      all += size;
      if (all > MOST_BODY) {
        throw new ProtocolException("an answer of no end");
      }
      take(size, kept);
      if (!line().isEmpty()) {
        throw new ProtocolException("a chunk longer than it said");
      }
      size = length(line().split(";", 2)[0].strip(), 16);
    }
    for (String trailer = line(); !trailer.isEmpty(); ) {
      trailer = line();
    }
  }

  private void rest(ByteArrayOutputStream kept) throws IOException {
    for (int all = 0; buffer.hasRemaining() || more(); all++) {
      if (all > MOST_BODY) {
        throw new ProtocolException("an answer of no end");
      }
      keep(buffer.get(), kept);
    }
  }

  private void take(long size, ByteArrayOutputStream kept) throws IOException {
    if (size > MOST_BODY) {
      throw new ProtocolException("an answer of no end");
    }
    for (long i = 0; i < size; i++) {
      keep(octet(), kept);
    }
  }

  private static void keep(byte octet, ByteArrayOutputStream kept) {
    if (kept.size() < KEPT) {
      kept.write(octet);
    }
  }

  private static long length(String text, int radix) throws ProtocolException {
    if (!text.matches("[0-9A-Fa-f]{1,15}")) {
      throw new ProtocolException("not a length: '" + text + "'");
    }
    try {
      return Long.parseLong(text, radix);
    } catch (NumberFormatException e) {
      throw new ProtocolException("not a length: '" + text + "'");
    }
  }

  private static boolean has(Map<String, String> headers, String name, String word) {
    return headers.getOrDefault(name, "").toLowerCase(Locale.ROOT).contains(word);
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (char c = (char) (octet() & 0xff); c != '\n'; c = (char) (octet() & 0xff)) {
      if (text.length() >= LONGEST_LINE) {
        throw new ProtocolException("a line of no end");
      }
      text.append(c);
    }
    int end = text.length() - 1;
    if (end >= 0 && text.charAt(end) == '\r') {
      text.setLength(end);
    }
    return text.toString();
  }

  private byte octet() throws IOException {
    if (!buffer.hasRemaining() && !more()) {
      last = true;
      throw new EOFException("the connection ended " + (begun ? "in" : "before") + " the answer");
    }
    begun = true;
    return buffer.get();
  }

  private boolean more() throws IOException {
    buffer.clear();
    boolean filled = false;
    try {
      filled = source.fill(buffer);
      return filled;
    } finally {
      buffer.flip();
      if (!filled) {
        buffer.limit(0);
      }
    }
  }
}
