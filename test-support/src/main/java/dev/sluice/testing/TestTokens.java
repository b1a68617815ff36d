package dev.sluice.testing;

import dev.sluice.local.identity.Claims;
import dev.sluice.local.identity.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/** Bearer tokens that {@link TestIdentityResource} makes the application under test accept. */
public final class TestTokens {
  /** Issuer of all test tokens. */
  public static final String ISSUER = "https://issuer.sluice.test";

  private static final SigningKey KEY = SigningKey.fromPem(resource("test-private-key.pem"));

  private TestTokens() {}

  /** A person's token, good for an hour. */
  public static String of(String user) {
    return Claims.ofUser(ISSUER, user).token(KEY, Clock.systemUTC(), Duration.ofHours(1));
  }

  /** A service's token, good for an hour. */
  public static String service(String name) {
    return Claims.ofService(ISSUER, name).token(KEY, Clock.systemUTC(), Duration.ofHours(1));
  }

  /** A person's token that ended an hour ago. */
  public static String expired(String user) {
    Clock past = Clock.offset(Clock.systemUTC(), Duration.ofHours(2).negated());
    return Claims.ofUser(ISSUER, user).token(KEY, past, Duration.ofHours(1));
  }

  /** The value of an {@code Authorization} header for a person. */
  public static String bearer(String user) {
    return "Bearer " + of(user);
  }

  /** The public key, in the form {@code quarkus.oidc.public-key} wants. */
  static String publicKey() {
    return resource("test-public-key.pem").replaceAll("-----[A-Z ]+-----|\\s", "");
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(TestTokens.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }
}
