package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** A short walk through the faults of {@code sluice chaos upload}, on servers of its own. */
class UploadChaosTest {
  private static final String TRIALS = "8";
  private static final String SEED = "11";

  @Test
  void losesNothingWhateverIsKilled() {
    // When
    Sluice.Result result =
        Sluice.run("chaos", "upload", "--trials", TRIALS, "--sweeps", "0", "--seed", SEED);
    // Then
    JsonNode verdict = result.ok().json();
    assertThat(verdict.path("trials").asText()).isEqualTo(TRIALS);
    assertThat(verdict.path("violations").asInt()).isZero();
  }
}
