package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the services read. */
class ConfigurationPageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/configuration.md");
  private static final List<String> MODULES =
      List.of(
          "service-support",
          "upload-service",
          "catalog-service",
          "processing-service",
          "vector-sink-service");

  @Test
  void namesEverySettingWithItsDefault() throws IOException {
    // When
    String wanted = ConfigurationPage.of(ROOT, MODULES);
    if (Boolean.getBoolean("sluice.update-configuration")) {
      Files.writeString(PAGE, wanted);
    }
    // Then
    assertThat(Files.readString(PAGE))
        .as("written anew with -Dsluice.update-configuration=true")
        .isEqualTo(wanted);
  }
}
