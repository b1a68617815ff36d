package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.client.Problem;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.SluiceUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    "400, 1", "401, 4", "403, 4", "404, 3", "409, 4", "412, 4", "422, 1", "429, 5", "500, 1",
    "502, 5", "503, 5", "504, 5"
  })
  void followsTheStatus(int status, int expected) {
    // Given
    Problem problem =
        new Problem(
            status, "code", "", "detail", List.of(), null, JsonNodeFactory.instance.objectNode());

    // When / Then
    assertThat(ExitCode.of(new SluiceProblemException(problem))).isEqualTo(expected);
  }

  @Test
  void tellsSilenceFromOtherFailures() {
    // When / Then
    assertThat(ExitCode.of(new SluiceUnavailableException("nobody", null)))
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(ExitCode.of(new CliException("no"))).isEqualTo(ExitCode.FAILED);
  }
}
