package dev.sluice.upload.source;

import dev.sluice.support.address.ShownText;
import java.net.URI;
import okhttp3.HttpUrl;

/** Text from outside, made fit for messages. */
final class Text {
  private Text() {}

  /** The text without characters that steer terminals or logs, cut where it is long. */
  static String shown(String text) {
    return ShownText.of(text);
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
