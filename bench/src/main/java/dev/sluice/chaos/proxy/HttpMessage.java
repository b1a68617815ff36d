package dev.sluice.chaos.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 message as it was sent, to the byte.
 *
 * @param text start line and headers, with the empty line
 */
record HttpMessage(String text) {
  private static final int LONGEST_HEAD = 1 << 16;
  private static final String END = "\r\n\r\n";

  /** Reads a head; empty when the connection ended before it began. */
  static Optional<HttpMessage> read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(1_024);
    int matched = 0;
    while (matched < END.length()) {
      int next = in.read();
      if (next < 0) {
        if (head.size() == 0) {
          return Optional.empty();
        }
        throw new EOFException("a head that does not end");
      }
      head.write(next);
      matched = next == END.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
      if (head.size() > LONGEST_HEAD) {
        throw new IOException("a head without end");
      }
    }
    return Optional.of(new HttpMessage(head.toString(ISO_8859_1)));
  }

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  /** First word of the start line: the method of a request. */
  String method() {
    return text.substring(0, text.indexOf(' '));
  }

  /** Second word of the start line: a request's target, an answer's status. */
  String second() {
    int begin = text.indexOf(' ') + 1;
    int end = begin;
    while (text.charAt(end) > ' ') {
      end++;
    }
    return text.substring(begin, end);
  }

  Optional<String> header(String name) {
    String wanted = name.toLowerCase(Locale.ROOT) + ":";
    return text.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
        .map(line -> line.substring(wanted.length()).strip())
        .findFirst();
  }

  boolean chunked() {
    return header("Transfer-Encoding").filter(v -> v.equalsIgnoreCase("chunked")).isPresent();
  }

  boolean closes() {
    return header("Connection").filter(v -> v.equalsIgnoreCase("close")).isPresent();
  }

  boolean expectsContinue() {
    return header("Expect").isPresent();
  }

  /** The same without headers of these names. */
  HttpMessage without(List<String> names) {
    StringBuilder kept = new StringBuilder();
    for (String line : text.lines().filter(l -> !l.isEmpty()).toList()) {
      if (names.stream()
          .noneMatch(n -> line.toLowerCase(Locale.ROOT).startsWith(n.toLowerCase(Locale.ROOT)))) {
        kept.append(line).append("\r\n");
      }
    }
    return new HttpMessage(kept.append("\r\n").toString());
  }

  /** The body that follows a head, still in its transfer coding. */
  byte[] body(InputStream in) throws IOException {
    if (chunked()) {
      return chunks(in);
    }
    int length = header("Content-Length").map(Integer::parseInt).orElse(0);
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("a body that does not end");
    }
    return body;
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      body.writeBytes((size + "\r\n").getBytes(ISO_8859_1));
      int length = Integer.parseInt(size.replaceFirst(";.*", "").strip(), 16);
      body.writeBytes(in.readNBytes(length));
      body.writeBytes((line(in) + "\r\n").getBytes(ISO_8859_1));
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("a line that does not end");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
