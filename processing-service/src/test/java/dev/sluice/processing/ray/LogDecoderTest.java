package dev.sluice.processing.ray;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogDecoderTest {
  private static final String LOG = "a \"b\" \\ \t\r\n é 漢 😀 \u0001 end:";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1000})
  void readsTheLogHoweverTheAnswerIsCut(int piece) throws IOException {
    // Given
    byte[] answer = new ObjectMapper().writeValueAsBytes(Map.of("logs", LOG));

    // When
    String text = decoded(answer, piece);

    // Then
    assertThat(text).isEqualTo(LOG);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 1000})
  void readsEscapesAsPythonWritesThem(int piece) {
    // Given
    String answer = "{\"logs\": \"\\u00e9 \\u6f22 \\ud83d\\ude00 \\ud83d! \\ude00\\/\"}";

    // When
    String text = decoded(answer.getBytes(UTF_8), piece);

    // Then
    assertThat(text).isEqualTo("é 漢 😀 \uFFFD! \uFFFD/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"logs\": null}", "{\"logs\": \"\"}", ""})
  void givesNothingForNoLog(String answer) {
    // Then
    assertThat(decoded(answer.getBytes(UTF_8), 3)).isEmpty();
  }

  private static String decoded(byte[] answer, int piece) {
    LogDecoder decoder = new LogDecoder();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int at = 0; at < answer.length; at += piece) {
      text.writeBytes(
          decoder.next(Arrays.copyOfRange(answer, at, Math.min(answer.length, at + piece))));
    }
    return text.toString(UTF_8);
  }
}
