package dev.sluice.bench.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTest {
  @TempDir private Path folder;

  @Test
  void writesTheSameFilesForTheSameSeedAndNoFileTwice() throws Exception {
    // Given
    Workload workload = new Workload("small", 30, 100);

    // When
    Map<String, String> first = workload.write(folder.resolve("a"), 7).sha256();
    Map<String, String> second = workload.write(folder.resolve("b"), 7).sha256();

    // Then
    assertThat(first).hasSize(30).isEqualTo(second).doesNotHaveSameHashCodeAs(Map.of());
    assertThat(first.values()).doesNotHaveDuplicates();
    assertThat(Files.size(folder.resolve("a").resolve(first.keySet().iterator().next())))
        .isEqualTo(100);
  }

  @Test
  void countsTheProcessorTimeOfChildren() throws Exception {
    // Given
    Shell shell = new Shell(folder.resolve("log"), java.time.Duration.ofMinutes(1));

    // When
    Shell.Ran ran =
        shell.run(
            java.util.List.of(
                "sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo $i"),
            Map.of());

    // Then
    assertThat(ran.out()).isEqualTo("300000\n");
    assertThat(ran.cpuSeconds()).isPositive();
  }
}
