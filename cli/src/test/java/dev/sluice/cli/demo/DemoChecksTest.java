package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.client.FileEntry;
import dev.sluice.client.SearchAnswer;
import dev.sluice.client.SearchHit;
import dev.sluice.client.VersionDigest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoChecksTest {

  private static final SearchStep.Question QUESTION =
      new SearchStep.Question("why?", List.of("docs/a.md", "docs/b.md"));

  @Test
  void theManifestNamesProjectAndVersion() throws IOException {
    // When
    String manifest = ProcessStep.manifest("lab", "v7", "b-lab");

    // Then
    assertThat(manifest)
        .contains("apiVersion: core.oneblock.ai/v1alpha1")
        .contains("namespace: lab")
        .contains("url: sluice://lab/handbook@v7\n")
        .contains("url: s3://b-lab/dataset")
        .doesNotContain("demo");
  }

  @Test
  void theDigestIsThatOfTheSortedManifest() throws IOException {
    // Given
    FileEntry a = new FileEntry("a.md", 1, "aa".repeat(32), "text/markdown", "k1", null, null);
    FileEntry b = new FileEntry("b.md", 2, "bb".repeat(32), "text/plain", "k2", null, null);

    // When
    String digest = VersionDigest.of(Stream.of(a, b));

    // Then
    assertThat(digest)
        .isEqualTo("sha256:3c85308675b3297ad3128469e8a861a262bee53df53e2af03f0012d87e4bc98b");
  }

  @Test
  void anAnswerNeedsTheDocumentInTheVersion() {
    // When / Then
    assertThat(SearchStep.answers(answer("docs/b.md", "v2"), QUESTION, "v2")).isTrue();
    assertThat(SearchStep.answers(answer("docs/b.md", "v1"), QUESTION, "v2")).isFalse();
    assertThat(SearchStep.answers(answer("docs/c.md", "v2"), QUESTION, "v2")).isFalse();
  }

  private static SearchAnswer answer(String path, String version) {
    SearchHit hit = new SearchHit(0.5, "text", path, "handbook-chunks", version, "k", 0, "p");
    return new SearchAnswer(List.of(hit), "model", 3);
  }
}
