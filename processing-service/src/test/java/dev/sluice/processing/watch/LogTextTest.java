package dev.sluice.processing.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.processing.run.RunState.Failure;
import org.junit.jupiter.api.Test;

class LogTextTest {

  @Test
  void keepsTheLast4KibInWholeCharacters() {
    // Given
    String log = "é".repeat(5000) + "x";

    // When
    String tail = LogText.tail(log);

    // Then
    assertThat(tail.getBytes(UTF_8).length).isBetween(4000, 4096);
    assertThat(tail).doesNotContain("\uFFFD").endsWith("éx");
  }

  @Test
  void saysWhatRaySaidAndWhatTheProgramSaidLast() {
    // Given
    String ray =
        "Job entrypoint command failed with exit code 3, last available logs (truncated): a\nb";

    // When
    Failure failure =
        LogText.failure("entrypoint-failed", ray, "a\nValueError: no such column\n\n");

    // Then
    assertThat(failure.reason()).isEqualTo("entrypoint-failed");
    assertThat(failure.message())
        .isEqualTo(
            "the program failed: Job entrypoint command failed with exit code 3; its last line:"
                + " ValueError: no such column");
  }

  @Test
  void dropsBytesThatTheDatabaseCannotHold() {
    // When
    String tail = LogText.tail("a\0b");

    // Then
    assertThat(tail).isEqualTo("ab");
  }
}
