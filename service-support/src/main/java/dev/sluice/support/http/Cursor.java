package dev.sluice.support.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.Base64;

/** Opaque form of a keyset value. */
public final class Cursor {
  private Cursor() {}

  public static String encode(String key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
  }

  /** The keyset value; 400 when the text was not made by {@link #encode}. */
  public static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    } catch (IllegalArgumentException e) {
      throw InvalidRequest.of("cursor", cursor, "a nextCursor of this list").exception();
    }
  }
}
