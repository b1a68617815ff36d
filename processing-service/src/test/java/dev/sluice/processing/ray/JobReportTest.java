package dev.sluice.processing.ray;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobReportTest {

  @ParameterizedTest(name = "{0} \"{1}\" {2}: temporary {3}, killed {4}, cluster {5}")
  @CsvSource({
    "FAILED, failed with exit code 1, 1, false, false, false",
    "FAILED, failed with exit code 75, 75, true, false, false",
    "FAILED, 'failed with exit code 75, last available logs: x', , true, false, false",
    "FAILED, killed, -9, false, true, false",
    "FAILED, killed, 137, false, true, false",
    "FAILED, terminated, 143, false, true, false",
    "FAILED, aborted, -6, false, false, false",
    "FAILED, the job supervisor actor died, , false, false, true",
    "SUCCEEDED, exit code 75, , false, false, false",
    "RUNNING, '', , false, false, false"
  })
  void tellsFaultsThatMayPassFromAProgramsOwn(
      String status,
      String message,
      Integer exitCode,
      boolean temporary,
      boolean killed,
      boolean clusterFault)
      throws JsonProcessingException {
    // Given
    String json =
        "{\"status\":\"%s\",\"message\":\"%s\",\"driver_exit_code\":%s}"
            .formatted(status, message, exitCode);

    // When
    JobReport report = JobReport.read(new ObjectMapper().readTree(json)).orElseThrow();

    // Then
    assertThat(report.isTemporaryFailure()).isEqualTo(temporary);
    assertThat(report.isKilled()).isEqualTo(killed);
    assertThat(report.isClusterFault()).isEqualTo(clusterFault);
  }
}
