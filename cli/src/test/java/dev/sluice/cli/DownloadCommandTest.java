package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.client.upload.Checksum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadCommandTest {
  private static final String NOTES = "/api/v1/projects/demo/datasets/notes/versions/";

  @TempDir private Path folder;
  private StubApi api;

  @BeforeEach
  void start() throws IOException {
    api = new StubApi();
    for (String name : new String[] {"latest", "v3", "prod"}) {
      api.on(
          "GET " + NOTES + name,
          200,
          "{\"version\":\"v3\",\"state\":\"sealed\",\"files\":1,\"bytes\":5}");
    }
    api.on("GET /store/a.md", 200, "hello");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void downloadsTheNewestVersionAndSaysWhatItTook() throws IOException {
    // Given
    has("hello");

    // When
    Typed typed = type("download", "notes", "--target", folder.toString());

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(typed.out().lines().map(line -> line.replaceAll(" +", " ")))
        .startsWith("RESULT FILES SIZE RECEIVED", "downloaded 1 5 B 5 B", "total 1 5 B 5 B")
        .anyMatch(line -> line.startsWith("notes@v3 into " + folder + ": received 5 B in"));
    assertThat(folder.resolve("docs/a.md")).hasContent("hello");
    assertThat(api.requests()).contains("GET " + NOTES + "latest");
  }

  @Test
  void tellsAVersionFromAGlob() throws IOException {
    // Given
    has("hello");

    // When
    type("download", "notes@prod", "docs/**", "*.md", "--to", folder.toString());
    type("download", "notes", "**/*.md", "--to", folder.toString());

    // Then
    assertThat(api.requests()).contains("GET " + NOTES + "prod", "GET " + NOTES + "latest");
    assertThat(api.requests())
        .anyMatch(request -> request.contains("\"globs\":[\"docs/**\",\"*.md\"]"))
        .anyMatch(request -> request.contains("\"globs\":[\"**/*.md\"]"));
  }

  @Test
  void failsAndNamesAFileWhoseBytesAreOthers() throws IOException {
    // Given
    has("HELLO");

    // When
    Typed typed = type("download", "notes@v3", "--target", folder.toString());

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(typed.out()).contains("failed   docs/a.md: it came twice as");
    assertThat(folder.resolve("docs")).isEmptyDirectory();
  }

  @Test
  void onlySaysWhatWouldComeOnADryRun() throws IOException {
    // Given
    has("hello");

    // When
    Typed typed =
        type("download", "notes@v3", "--dry-run", "-o", "json", "--target", folder.toString());

    // Then
    assertThat(typed.out()).contains("\"result\" : \"planned\"");
    assertThat(api.requests()).noneMatch(request -> request.contains("/store/"));
  }

  @Test
  void failsWhenNothingMatches() {
    // Given
    api.on("POST " + NOTES + "v3/urls", 200, "{\"items\":[],\"nextCursor\":null}");

    // When
    Typed typed = type("download", "notes@v3", "none/*", "--target", folder.toString());

    // Then
    assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(typed.err()).contains("no file of notes@v3 matches");
  }

  private void has(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    api.on(
        "POST " + NOTES + "v3/urls",
        200,
        """
        {"items":[{"path":"docs/a.md","size":5,"sha256":"%s","url":"%s/store/a.md",
          "expiresAt":"2999-01-01T00:00:00Z"}],"nextCursor":null}
        """
            .formatted(Checksum.sha256(new ByteArrayInputStream(bytes)), api.address()));
  }

  private Typed type(String... args) {
    Map<String, String> environment = Map.of("SLUICE_API", api.address(), "SLUICE_TOKEN", "t");
    return Typed.in(environment, new FakeStack(Map.of()), args);
  }
}
