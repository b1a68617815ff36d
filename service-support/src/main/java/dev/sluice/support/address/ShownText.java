package dev.sluice.support.address;

/** Text from outside, made fit for messages. */
public final class ShownText {
  private static final int LONGEST = 200;

  private ShownText() {}

  /** The text without characters that steer terminals or logs, cut where it is long. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> shown.appendCodePoint(c < ' ' || (c > '~' && c < 0xa1) ? '?' : c));
    return shown.length() < text.length() ? shown + "…" : shown.toString();
  }
}
