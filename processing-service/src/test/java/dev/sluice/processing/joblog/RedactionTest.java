package dev.sluice.processing.joblog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.processing.run.RunToken;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String TOKEN = RunToken.PREFIX + "Ab1-_".repeat(8) + "xyz";
  private static final String KEY = "a-key-of-the-store";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40, 53, 54, 1000})
  void blotsSecretsOutHoweverTheLogIsCut(int pieces) {
    // Given
    String log = "token=" + TOKEN + ";\nkey " + KEY + KEY + " é end";

    // When
    String told = told(log, pieces);

    // Then
    assertThat(told)
        .isEqualTo("token=" + "*".repeat(TOKEN.length()) + ";\nkey " + "*".repeat(36) + " é end");
  }

  @Test
  void blotsOutATokenThatTheEndCutsShort() {
    // When
    String told = told("x " + TOKEN.substring(0, 30), 8);

    // Then
    assertThat(told).isEqualTo("x " + "*".repeat(30));
  }

  @Test
  void leavesWhatOnlyLooksLikeAToken() {
    // Given
    String log = "the prefix is " + RunToken.PREFIX + ", no more\n";

    // When
    String told = told(log, 5);

    // Then
    assertThat(told).isEqualTo(log);
  }

  private static String told(String log, int piece) {
    Redaction redaction = new Redaction(List.of(KEY));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    byte[] bytes = log.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += piece) {
      told.writeBytes(
          redaction.next(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece))));
    }
    told.writeBytes(redaction.last());
    return told.toString(UTF_8);
  }
}
