package dev.sluice.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UploadTableTest {

  @Test
  void countsByResultAndTellsReasonsRateAndVerificationApart() {
    // Given
    List<UploadSummary.Item> files =
        List.of(
            new UploadSummary.Item("a.md", "uploaded", 3 << 20, 3 << 20, "aa", null),
            new UploadSummary.Item("b.md", "skipped", 1 << 20, 0, "bb", null),
            new UploadSummary.Item("c.png", "ignored", 10, 0, "", "image/png does not belong"));

    // When
    String table = UploadTable.of(summary(files));

    // Then
    assertThat(table.lines().map(line -> line.replaceAll(" +", " ")).toList())
        .containsExactly(
            "RESULT FILES SIZE SENT",
            "uploaded 1 3.0 MiB 3.0 MiB",
            "skipped 1 1.0 MiB 0 B",
            "ignored 1 10 B 0 B",
            "total 3 4.0 MiB 3.0 MiB",
            "ignored c.png: image/png does not belong",
            "notes@v1 (draft): sent 3.0 MiB in 1.50 s (2.0 MiB/s), verified 0.25 s later");
  }

  @Test
  void showsOnlySoManyReasons() {
    // Given
    List<UploadSummary.Item> files =
        IntStream.range(0, 60)
            .mapToObj(i -> new UploadSummary.Item("f" + i, "failed", 1, 0, "", "broken"))
            .toList();

    // When
    String table = UploadTable.of(summary(files));

    // Then
    assertThat(table.lines().filter(line -> line.startsWith("failed   f"))).hasSize(50);
    assertThat(table).contains("… and 10 more (-o json)");
  }

  private static UploadSummary summary(List<UploadSummary.Item> files) {
    long sent = files.stream().mapToLong(UploadSummary.Item::bytesSent).sum();
    return new UploadSummary(
        "notes", "v1", "draft", 1, 0, 1, 0, 1, 0, 4 << 20, sent, 2, 1.5, 0.25, files, List.of());
  }
}
