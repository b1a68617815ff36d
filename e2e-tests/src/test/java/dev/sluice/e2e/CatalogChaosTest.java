package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** A short walk through the faults of {@code sluice chaos catalog}, on servers of its own. */
class CatalogChaosTest {
  private static final String TRIALS = "6";
  private static final String SEED = "11";

  @Test
  void keepsEveryVersionWholeWhateverIsKilled() {
    // When
    Sluice.Result result =
        Sluice.run("chaos", "catalog", "--trials", TRIALS, "--sweeps", "0", "--seed", SEED);
    // Then
    JsonNode verdict = result.ok().json();
    assertThat(verdict.path("trials").asText()).isEqualTo(TRIALS);
    assertThat(verdict.path("violations").asInt()).isZero();
  }
}
