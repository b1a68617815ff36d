package dev.sluice.processing.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class RunTokenTest {

  @Test
  void matchesItsOwnHashAlone() {
    // Given
    SecureRandom random = new SecureRandom();
    RunToken token = RunToken.random(random);

    // When
    RunToken other = RunToken.random(random);

    // Then
    assertThat(token.matches(token.hash())).isTrue();
    assertThat(token.matches(other.hash())).isFalse();
    assertThat(token.toString()).doesNotContain(token.value());
  }
}
