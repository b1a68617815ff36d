package dev.sluice.processing;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class OpenApiTest {
  private static final Path CHECKED_IN = Path.of("openapi.yaml");
  private static final Path CURRENT = Path.of("target", "openapi.yaml");

  @Test
  void theCheckedInDescriptionIsTheServedOne() throws IOException {
    // When
    byte[] served = given().get("/q/openapi").then().statusCode(200).extract().asByteArray();

    // Then
    Files.write(CURRENT, served);
    assertThat(new String(served, UTF_8))
        .as("copy target/openapi.yaml over openapi.yaml when the API was meant to change")
        .startsWith("---\nopenapi: 3.1")
        .isEqualTo(Files.exists(CHECKED_IN) ? Files.readString(CHECKED_IN) : "");
  }
}
