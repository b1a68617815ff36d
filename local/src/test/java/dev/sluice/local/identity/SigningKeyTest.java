package dev.sluice.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.local.state.StateFolder;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void signsTokensThatItsPublicKeySetVerifies() throws Exception {
    // Given
    SigningKey key = SigningKey.in(new StateFolder(folder));
    String[] token =
        Claims.ofUser("http://issuer", "ada")
            .token(key, NOON, Duration.ofHours(12))
            .split("\\.", -1);

    // When
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new RSAPublicKeySpec(number(key.keySet(), "n"), number(key.keySet(), "e"))));
    signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));

    // Then
    assertThat(signature.verify(Base64.getUrlDecoder().decode(token[2]))).isTrue();
    assertThat(new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8))
        .contains("\"sub\":\"ada\"", "\"aud\":\"sluice\"", "\"groups\":[\"user\"]")
        .contains("\"iat\":1767268800", "\"exp\":1767312000");
  }

  @Test
  void keepsItsKey() {
    // Given
    StateFolder state = new StateFolder(folder);
    String first = SigningKey.in(state).keySet();

    // When
    String later = SigningKey.in(state).keySet();

    // Then
    assertThat(later).isEqualTo(first);
  }

  @Test
  void refusesNamesThatCouldBreakOutOfTheirClaim() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Claims.ofUser("http://issuer", "ada\",\"groups\":[\"service"))
        .withMessageContaining("Not a user name");
  }

  private static BigInteger number(String keySet, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(keySet);
    assertThat(matcher.find()).isTrue();
    return new BigInteger(1, Base64.getUrlDecoder().decode(matcher.group(1)));
  }
}
