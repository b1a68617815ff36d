package dev.sluice.local.identity;

import dev.sluice.local.state.LocalException;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The RSA key that signs tokens (RS256). */
public final class SigningKey {
  private static final int BITS = 2_048;
  private static final int ID_BYTES = 9;
  private static final String FILE = "issuer-key.pem";

  private final RSAPrivateCrtKey key;

  private SigningKey(RSAPrivateCrtKey key) {
    this.key = key;
  }

  /** The key of this stack, made on first demand and readable by its owner only. */
  public static SigningKey in(StateFolder state) {
    Path file = state.path().resolve(FILE);
    try {
      return Files.exists(file) ? fromPem(Files.readString(file)) : fresh(state);
    } catch (IOException e) {
      throw new LocalException("Cannot read " + file, e);
    }
  }

  /** Reads a private key in PKCS #8 PEM form. */
  public static SigningKey fromPem(String pem) {
    byte[] encoded = Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
    try {
      return new SigningKey(
          (RSAPrivateCrtKey)
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new LocalException("Not an RSA private key", e);
    }
  }

  /** Signs a header and a payload, both JSON, as a compact JSON Web Token. */
  String sign(String payload) {
    String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + id() + "\"}";
    String signed = base64(utf8(header)) + "." + base64(utf8(payload));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(utf8(signed));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new LocalException("Cannot sign a token", e);
    }
  }

  /** The public key as a JSON Web Key Set. */
  public String keySet() {
    return ("{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\","
            + "\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}")
        .formatted(id(), number(key.getModulus()), number(key.getPublicExponent()));
  }

  private String id() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getModulus().toByteArray());
      return base64(Arrays.copyOf(digest, ID_BYTES));
    } catch (GeneralSecurityException e) {
      throw new LocalException("No SHA-256 here", e);
    }
  }

  private static SigningKey fresh(StateFolder state) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
      String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
      state.writePrivately(
          FILE, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
      return new SigningKey(key);
    } catch (GeneralSecurityException e) {
      throw new LocalException("Cannot make a signing key", e);
    }
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
