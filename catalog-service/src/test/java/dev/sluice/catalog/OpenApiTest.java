package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class OpenApiTest {
  private static final Path BUILT = Path.of("target/openapi/openapi.yaml");
  private static final Path CHECKED_IN = Path.of("src/main/resources/openapi/openapi.yaml");

  @Test
  void isCheckedInAsItIsBuilt() throws IOException {
    assertThat(Files.readString(CHECKED_IN))
        .as("copy %s to %s when the API was meant to change", BUILT, CHECKED_IN)
        .isEqualTo(Files.readString(BUILT));
  }
}
