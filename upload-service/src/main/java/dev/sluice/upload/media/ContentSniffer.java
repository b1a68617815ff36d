package dev.sluice.upload.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out what a file is while its bytes pass by: marks in the first 4 KiB, and whether the whole
 * file is UTF-8 text. Not for use by several threads.
 */
public final class ContentSniffer {
  private static final int HEAD = 4_096;
  private static final int BLOCK = 8_192;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream(HEAD);
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer chars = CharBuffer.allocate(BLOCK);
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private boolean text = true;

  /** Takes the next bytes of the file. */
  public void update(byte[] bytes, int length) {
    if (head.size() < HEAD) {
      head.write(bytes, 0, Math.min(length, HEAD - head.size()));
    }
    if (text) {
      decode(joined(bytes, length), false);
    }
  }

  /**
   * The media type, once all bytes have passed.
   *
   * @param extension lower-case, of the file's name; decides among types that look alike
   */
  public String mediaType(String extension) {
    if (text) {
      decode(rest, true);
    }
    Optional<String> promised = MediaTypes.ofExtension(extension);
    Optional<String> mark = MagicBytes.sniff(head.toByteArray());
    if (mark.isPresent() && !(text && promised.filter(MediaTypes::isText).isPresent())) {
      return mark.map(type -> finer(type, promised, extension)).orElseThrow();
    }
    return text ? textType(promised) : MediaTypes.OCTETS;
  }

  private ByteBuffer joined(byte[] bytes, int length) {
    if (!rest.hasRemaining()) {
      return ByteBuffer.wrap(bytes, 0, length);
    }
    ByteBuffer both = ByteBuffer.allocate(rest.remaining() + length);
    return both.put(rest).put(bytes, 0, length).flip();
  }

  private void decode(ByteBuffer bytes, boolean end) {
    CoderResult result = CoderResult.OVERFLOW;
    while (text && result.isOverflow()) {
      chars.clear();
      result = decoder.decode(bytes, chars, end);
      text = !result.isError() && isReadable(chars.flip());
    }
    byte[] left = new byte[bytes.remaining()];
    bytes.get(left);
    rest = ByteBuffer.wrap(left);
  }

  private static boolean isReadable(CharBuffer chars) {
    for (int i = 0; i < chars.limit(); i++) {
      char c = chars.get(i);
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\b' && c != 0x1b) {
        return false;
      }
    }
    return true;
  }

  /** Office files are zips, a moving picture's container may hold sound alone, and so on. */
  private static String finer(String mark, Optional<String> promised, String extension) {
    if (mark.equals(MediaTypes.ZIP)) {
      return MediaTypes.underName(mark, extension);
    }
    boolean sameContainer =
        promised
            .filter(
                type ->
                    (mark.equals("video/mp4") && type.matches("video/(mp4|quicktime)|audio/mp4"))
                        || (mark.equals("audio/ogg") && type.endsWith("/ogg"))
                        || (mark.equals("video/x-matroska") && type.equals("video/webm")))
            .isPresent();
    return sameContainer ? promised.orElseThrow() : mark;
  }

  private String textType(Optional<String> promised) {
    return promised.filter(MediaTypes::isText).orElseGet(this::guess);
  }

  private String guess() {
    String start = head.toString(UTF_8).strip().toLowerCase(Locale.ROOT);
    String line = start.lines().findFirst().orElse("");
    if (start.startsWith("<svg") || (start.startsWith("<?xml") && start.contains("<svg"))) {
      return MediaTypes.SVG;
    } else if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return "text/html";
    } else if (line.startsWith("{") && line.endsWith("}")) {
      return MediaTypes.JSON_LINES;
    } else if (line.indexOf('\t') > 0) {
      return MediaTypes.TSV;
    }
    return MediaTypes.PLAIN;
  }
}
