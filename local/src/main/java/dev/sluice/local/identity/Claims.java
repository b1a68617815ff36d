package dev.sluice.local.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Who a token speaks for: audience {@code sluice}, the name as {@code sub}, {@code upn} and {@code
 * preferred_username}, its kind as the only role.
 *
 * @param issuer the token's issuer
 * @param name user or service; letters, digits and {@code . _ @ -}
 * @param group {@code user} or {@code service}
 */
public record Claims(String issuer, String name, String group) {
  /** Audience of all tokens. */
  public static final String AUDIENCE = "sluice";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,100}");

  /** Checks the name, since it is put into JSON as it is. */
  public Claims {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Not a user name (letters, digits and . _ @ -): '" + name + "'");
    }
  }

  /** Claims of a person. */
  public static Claims ofUser(String issuer, String name) {
    return new Claims(issuer, name, "user");
  }

  /** Claims of one of Sluice's services. */
  public static Claims ofService(String issuer, String name) {
    return new Claims(issuer, name, "service");
  }

  /** A signed token that begins now and ends after its life. */
  public String token(SigningKey key, Clock clock, Duration life) {
    long now = clock.instant().getEpochSecond();
    return key.sign(
        """
        {"iss":"%s","sub":"%s","upn":"%2$s","preferred_username":"%2$s","aud":"%s",\
        "groups":["%s"],"iat":%d,"exp":%d,"jti":"%s"}\
        """
            .formatted(
                issuer, name, AUDIENCE, group, now, now + life.toSeconds(), UUID.randomUUID()));
  }
}
