package dev.sluice.upload.source;

import java.net.URI;
import okhttp3.HttpUrl;

/** Text from outside, made fit for messages. */
final class Text {
  private static final int LONGEST = 200;

  private Text() {}

  /** The text without characters that steer terminals or logs, cut where it is long. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> shown.appendCodePoint(c < ' ' || (c > '~' && c < 0xa1) ? '?' : c));
    return shown.length() < text.length() ? shown + "…" : shown.toString();
  }

  /** The URL without its query, in which signatures and keys may stand. */
  static String shown(HttpUrl url) {
    return shown(
        url.newBuilder().username("").password("").query(null).fragment(null).build().toString());
  }

  /** The URL without its query and user. */
  static String shown(URI url) {
    return shown(url.getScheme() + "://" + url.getHost() + url.getRawPath());
  }
}
