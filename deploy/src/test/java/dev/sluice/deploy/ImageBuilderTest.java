package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBuilderTest {
  @TempDir Path folder;

  @Test
  void laysTheServiceIntoATar() throws Exception {
    // Given
    Path app = aQuarkusApp();
    Path tar = folder.resolve("image.tar");
    // When
    build(app, tar);
    // Then
    JsonNode config = configIn(tar);
    assertThat(config.at("/config/User").asText()).isEqualTo("1001");
    assertThat(config.at("/config/Entrypoint").toString())
        .endsWith("\"-jar\",\"/deployments/quarkus-run.jar\"]");
  }

  @Test
  void givesTheSameDigestForTheSameInput() throws Exception {
    Path app = aQuarkusApp();
    assertThat(build(app, folder.resolve("a.tar"))).isEqualTo(build(app, folder.resolve("b.tar")));
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> build(folder.resolve("nothing"), folder.resolve("c.tar")))
        .hasMessageContaining("not built yet");
  }

  private static String build(Path app, Path tar) throws Exception {
    return new ImageBuilder(ImageBuilder.SCRATCH)
        .build(app, Containerizer.to(TarImage.at(tar).named("sluice/test:1")))
        .getDigest()
        .toString();
  }

  private Path aQuarkusApp() throws IOException {
    Path app = folder.resolve("quarkus-app");
    Files.createDirectories(app.resolve("lib/main"));
    Files.writeString(app.resolve("lib/main/library.jar"), "library");
    Files.createDirectories(app.resolve("app"));
    Files.writeString(app.resolve("app/service.jar"), "service");
    Files.writeString(app.resolve("quarkus-run.jar"), "run");
    return app;
  }

  private static JsonNode configIn(Path tar) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (var in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    ObjectMapper json = new ObjectMapper();
    JsonNode manifest = json.readTree(entries.get("manifest.json"));
    return json.readTree(entries.get(manifest.at("/0/Config").asText()));
  }
}
