package dev.sluice.processing.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The secret by which one attempt's job reads its specification; only its hash is kept. */
public record RunToken(String value) {
  private static final String BEARER = "Bearer ";
  private static final int BYTES = 32;

  /** A fresh secret of 256 random bits. */
  static RunToken random(SecureRandom random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return new RunToken(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** The token of an {@code Authorization} header; one that fits no attempt when it has none. */
  public static RunToken ofHeader(@Nullable String authorization) {
    return new RunToken(
        authorization != null && authorization.startsWith(BEARER)
            ? authorization.substring(BEARER.length())
            : "");
  }

  /** SHA-256, 64 hex digits. */
  String hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares in constant time. */
  boolean matches(String hash) {
    return MessageDigest.isEqual(hash().getBytes(UTF_8), hash.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "RunToken[…]";
  }
}
