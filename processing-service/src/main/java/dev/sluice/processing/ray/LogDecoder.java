package dev.sluice.processing.ray;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Reads the text out of Ray's {@code {"logs": "…"}} piece by piece, since a log may be larger than
 * memory. Gives UTF-8; what is no text becomes the replacement character.
 */
final class LogDecoder {
  private static final int HEX = 16;
  private static final int DIGITS = 4;
  private static final char REPLACEMENT = '\uFFFD';

  private State state = State.BEFORE_COLON;
  private int digits;
  private int unit;
  private char high;

  /** The text in the next piece of the answer. */
  byte[] next(byte[] json) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(json.length);
    for (byte each : json) {
      take(each, text);
    }
    return text.toByteArray();
  }

  private void take(byte each, ByteArrayOutputStream text) {
    switch (state) {
      case BEFORE_COLON -> state = each == ':' ? State.BEFORE_TEXT : state;
      case BEFORE_TEXT -> state = each == '"' ? State.TEXT : state;
      case TEXT -> text(each, text);
      case ESCAPE -> escaped(each, text);
      case UNICODE -> unicode(each, text);
      case AFTER -> {
        // Nothing of interest follows.
      }
    }
  }

  private void text(byte each, ByteArrayOutputStream text) {
    if (each == '\\') {
      state = State.ESCAPE;
    } else {
      lone(text);
      if (each == '"') {
        state = State.AFTER;
      } else {
        text.write(each);
      }
    }
  }

  private void escaped(byte each, ByteArrayOutputStream text) {
    if (each == 'u') {
      state = State.UNICODE;
      digits = 0;
      unit = 0;
      return;
    }
    lone(text);
    text.write(
        switch (each) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          default -> each;
        });
    state = State.TEXT;
  }

  private void unicode(byte each, ByteArrayOutputStream text) {
    unit = unit * HEX + Math.max(0, Character.digit(each, HEX));
    digits++;
    if (digits == DIGITS) {
      state = State.TEXT;
      unit((char) unit, text);
    }
  }

  private void unit(char read, ByteArrayOutputStream text) {
    if (Character.isHighSurrogate(read)) {
      lone(text);
      high = read;
    } else if (Character.isLowSurrogate(read) && high != 0) {
      write(new String(new char[] {high, read}), text);
      high = 0;
    } else {
      lone(text);
      write(Character.isLowSurrogate(read) ? "" + REPLACEMENT : "" + read, text);
    }
  }

  private void lone(ByteArrayOutputStream text) {
    if (high != 0) {
      high = 0;
      write("" + REPLACEMENT, text);
    }
  }

  private static void write(String characters, ByteArrayOutputStream text) {
    text.writeBytes(characters.getBytes(UTF_8));
  }

  /** Where in the answer it is. */
  private enum State {
    BEFORE_COLON,
    BEFORE_TEXT,
    TEXT,
    ESCAPE,
    UNICODE,
    AFTER
  }
}
