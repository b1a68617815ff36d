package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.client.FileEntry;
import dev.sluice.client.Json;
import dev.sluice.client.VersionDigest;
import dev.sluice.client.upload.Checksum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionVerifyTest {
  private static final String V1 = "/api/v1/projects/demo/datasets/notes/versions/v1";

  private StubApi api;

  @BeforeEach
  void start() throws IOException {
    api = new StubApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void namesWhatCannotBeReadOrHasOtherBytes() throws IOException {
    // Given
    FileEntry good = file("a.md", "good");
    FileEntry rotten = file("b.md", "fresh");
    FileEntry gone = file("c.md", "gone");
    FileEntry summed = file("d.md", "sum", "00000000");
    Stream<FileEntry> files = Stream.of(good, rotten, gone, summed);
    api.on(
        "GET " + V1,
        200,
        "{\"version\":\"v1\",\"state\":\"sealed\",\"digest\":\"" + VersionDigest.of(files) + "\"}");
    api.on(
        "GET " + V1 + "/manifest",
        200,
        Stream.of(good, rotten, gone, summed).map(Json::write).collect(Collectors.joining("\n")));
    api.on("GET /store/a", 200, "good");
    api.on("GET /store/b", 200, "rotten");
    api.on("GET /store/d", 200, "sum");
    api.on(
        "POST " + V1 + "/urls",
        200,
        """
        {"items":[{"path":"a.md","url":"%s/store/a"},{"path":"b.md","url":"%s/store/b"},
          {"path":"c.md","problem":"file-erased"},{"path":"d.md","url":"%s/store/d"}],
         "nextCursor":null}
        """
            .formatted(api.address(), api.address(), api.address()));

    // When
    Typed typed =
        Typed.in(
            Map.of("SLUICE_API", api.address(), "SLUICE_TOKEN", "t"),
            new FakeStack(Map.of()),
            "version",
            "verify",
            "notes@v1");

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(typed.out())
        .containsPattern("b.md +has other bytes")
        .containsPattern("c.md +file-erased")
        .containsPattern("d.md +has CRC-32C e05697d3, not 00000000")
        .doesNotContain("a.md");
  }

  private static FileEntry file(String path, String text) throws IOException {
    return file(path, text, null);
  }

  private static FileEntry file(String path, String text, @Nullable String crc32c)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sha256 = Checksum.sha256(new ByteArrayInputStream(bytes));
    return new FileEntry(path, bytes.length, sha256, "text/plain", "k/" + path, crc32c, null);
  }
}
