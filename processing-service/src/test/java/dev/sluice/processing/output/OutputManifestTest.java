package dev.sluice.processing.output;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputManifestTest {
  private static final UUID RUN = new UUID(1, 2);
  private static final ExpectedOutput EXPECTED =
      new ExpectedOutput(RUN, 1, "b", "dataset/c/v1/_sluice/manifest-a1.json", "dataset/c/v1/");
  private static final String GOOD =
      """
      {"runId":"%s","attempt":1,"rows":2,"bytes":4,"files":[{"path":"p.parquet","size":4,
       "objectKey":"dataset/c/v1/p-a1.parquet","sha256":"%s","mediaType":"x/y","rows":2}]}
      """
          .formatted(RUN, "a".repeat(64));

  @Test
  void takesWhatTheAttemptWrote() {
    // Then
    assertThatCode(() -> read(GOOD).check(EXPECTED)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "attempt\":1, attempt\":2, attempt 2",
    "bytes\":4, bytes\":5, not the sum",
    "rows\":2, rows\":-2, rows",
    "dataset/c/v1/p, dataset/c/v2/p, not below",
    "dataset/c/v1/p, dataset/c/v1/../v2/p, not below",
    "aaaa, AAAA, SHA-256",
    "x/y, , media type",
    "p.parquet, /p.parquet, path"
  })
  void refusesWhatContradictsTheRunOrItself(String was, String is, String why) {
    // Given
    String text = GOOD.replace(was, is == null ? "" : is);

    // Then
    assertThatThrownBy(() -> read(text).check(EXPECTED))
        .isInstanceOf(OutputInvalid.class)
        .hasMessageContaining(why);
  }

  private static OutputManifest read(String text) throws JsonProcessingException {
    return new ObjectMapper().readValue(text, OutputManifest.class);
  }
}
