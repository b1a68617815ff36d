package dev.sluice.catalog.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What deliveries are signed with, as Standard Webhooks writes it.
 *
 * @param text {@code whsec_} and the key in Base64
 */
record Secret(String text) {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  Secret {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a secret begins with " + PREFIX);
    }
  }

  static Secret fresh() {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    return new Secret(PREFIX + Base64.getEncoder().encodeToString(key));
  }

  /** Signature of version 1 over id, time and body. */
  String sign(String id, long timestamp, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] signed = mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
