package dev.sluice.processing.joblog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.processing.run.RunToken;
import java.util.Arrays;
import java.util.List;

/**
 * Blots secrets out of a log as it comes, byte for byte, so that offsets stay what they are: tokens
 * of runs, which are known by their beginning, and the keys that jobs may have been given.
 */
final class Redaction {
  private static final byte BLOT = '*';
  private static final byte[] PREFIX = RunToken.PREFIX.getBytes(US_ASCII);
  private static final int TOKEN = PREFIX.length + RunToken.SECRET_LENGTH;

  private final List<byte[]> secrets;
  private final int longest;
  private byte[] held = new byte[0];

  Redaction(List<String> secrets) {
    this.secrets = secrets.stream().map(text -> text.getBytes(UTF_8)).toList();
    this.longest =
        Math.max(TOKEN, this.secrets.stream().mapToInt(bytes -> bytes.length).max().orElse(0));
  }

  /** What can be told of the log after its next piece; the end of it is held back. */
  byte[] next(byte[] piece) {
    byte[] bytes = Arrays.copyOf(held, held.length + piece.length);
    System.arraycopy(piece, 0, bytes, held.length, piece.length);
    blot(bytes, false);
    int ready = Math.max(0, bytes.length - longest + 1);
    held = Arrays.copyOfRange(bytes, ready, bytes.length);
    return Arrays.copyOf(bytes, ready);
  }

  /** What was held back, when nothing follows. */
  byte[] last() {
    byte[] rest = held;
    held = new byte[0];
    blot(rest, true);
    return rest;
  }

  private void blot(byte[] bytes, boolean nothingFollows) {
    for (int i = 0; i < bytes.length; i++) {
      Arrays.fill(bytes, i, i + secretAt(bytes, i, nothingFollows), BLOT);
    }
  }

  private int secretAt(byte[] bytes, int at, boolean nothingFollows) {
    for (byte[] secret : secrets) {
      if (isAt(bytes, at, secret)) {
        return secret.length;
      }
    }
    return isAt(bytes, at, PREFIX) ? tokenAt(bytes, at, nothingFollows) : 0;
  }

  /** A token that the end of the log cuts short is one as far as it goes. */
  private static int tokenAt(byte[] bytes, int at, boolean nothingFollows) {
    int end = at + PREFIX.length;
    while (end < bytes.length && end < at + TOKEN && isOfToken(bytes[end])) {
      end++;
    }
    boolean cutShort = nothingFollows && end == bytes.length;
    return cutShort || end == at + TOKEN ? end - at : 0;
  }

  private static boolean isOfToken(byte each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || each == '-'
        || each == '_';
  }

  private static boolean isAt(byte[] bytes, int at, byte[] wanted) {
    if (wanted.length == 0 || at + wanted.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
