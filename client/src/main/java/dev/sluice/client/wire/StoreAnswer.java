package dev.sluice.client.wire;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the object store said.
 *
 * @param headers by lower-case name; of repeated ones the last
 * @param body its beginning, for reading the reason of a refusal
 */
public record StoreAnswer(int status, Map<String, String> headers, String body) {

  private static final Pattern CODE = Pattern.compile("<Code>([^<]{1,100})</Code>");

  public StoreAnswer {
    headers = Map.copyOf(headers);
  }

  /** Whether the store has the bytes. */
  public boolean ok() {
    return status / 100 == 2;
  }

  /** The tag of what is stored now, without quotes; empty when the store gave none. */
  public String etag() {
    return headers.getOrDefault("etag", "").replace("\"", "");
  }

  /** The store's own name for its refusal, for example {@code SlowDown}; empty when it has none. */
  public String code() {
    Matcher code = CODE.matcher(body);
    return code.find() ? code.group(1) : "";
  }
}
