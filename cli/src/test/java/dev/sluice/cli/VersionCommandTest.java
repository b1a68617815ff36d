package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the commands about versions ask for. */
class VersionCommandTest {
  private static final String V3 = "/api/v1/projects/demo/datasets/notes/versions/v3";

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
  void listsFilesByGlobAndMediaType() {
    // Given
    api.on(
        "GET " + V3 + "/files",
        200,
        "{\"items\":[{\"path\":\"img/a.png\",\"size\":2048,\"sha256\":\"ab\","
            + "\"mediaType\":\"image/png\",\"crc32c\":\"e3069283\"}]}");

    // When
    Typed typed =
        type("version", "files", "notes@v3", "--glob", "img/**", "--media-type", "image/*");

    // Then
    assertThat(typed.out()).containsPattern("img/a.png +2.0 KiB");
    assertThat(api.requests().getFirst())
        .contains("glob=img%2F**", "mediaType=image%2F*")
        .doesNotContain("prefix");
  }

  @Test
  void followsLineageToWhatBecameOfAVersion() {
    // Given
    api.on("GET " + V3 + "/lineage", 200, "{\"nodes\":[],\"edges\":[]}");

    // When
    type("version", "lineage", "notes@v3", "--direction", "down", "--depth", "2");

    // Then
    assertThat(api.requests()).containsExactly("GET " + V3 + "/lineage?direction=down&depth=2");
  }

  private Typed type(String... args) {
    Map<String, String> environment = Map.of("SLUICE_API", api.address(), "SLUICE_TOKEN", "t");
    return Typed.in(environment, new FakeStack(Map.of()), args);
  }
}
