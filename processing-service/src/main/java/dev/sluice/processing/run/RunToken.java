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
  /** Tells a token from other text, so that logs can be kept free of them. */
  public static final String PREFIX = "sluice_run_";

  /** Characters after the prefix. */
  public static final int SECRET_LENGTH = 43;

  private static final int BYTES = 32;
  private static final String BEARER = "Bearer ";

  /** The token of an {@code Authorization} header; one that is valid nowhere when it has none. */
  public static RunToken ofHeader(@Nullable String authorization) {
    return authorization != null && authorization.startsWith(BEARER)
        ? new RunToken(authorization.substring(BEARER.length()))
        : new RunToken("");
  }

  /** A fresh secret of 256 random bits. */
  static RunToken random(SecureRandom random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return new RunToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
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
